//! One event: who may, what it brings, what it lengthens, which way it takes.

mod built_in;
mod data;
mod entry;
pub(crate) mod lengthen;
pub(crate) mod step;
mod who;
