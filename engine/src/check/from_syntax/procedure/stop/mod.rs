//! `[stops]`: what is meant, and whether it is fair: a notice, a review, an appeal to somebody
//! else, and a way that always stays open.

mod entry;
mod people;
mod refuses;
mod statement;

pub(crate) use entry::stop;
pub(crate) use statement::statement;
