//! The file: opening, versions of its tables, connections, backup and check.

mod check;
mod failure;
mod fill;
mod log;
mod migrate;
mod mount;
mod open;
mod pool;
#[cfg(test)]
mod tests;
mod value;

pub(in crate::sqlite) use failure::{at_commit, refused, taken};
pub use open::Sqlite;
pub(in crate::sqlite) use open::left_by_others;
pub(in crate::sqlite) use value::{flag, instant, signed, some_instant, unsigned};
