//! A batch is written: rows for each table, each table with a statement or two, all in one
//! transaction.

mod batch;
mod changed;
mod known;
mod recorded;
mod rows;
mod table;

pub(super) use batch::write;
pub(super) use known::Known;
