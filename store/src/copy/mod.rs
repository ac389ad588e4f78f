//! Backups: a whole store as one file, which any database can be filled from.
//!
//! A backup is taken while the store is used and holds what was there at one instant. It ends with a
//! hash over all of it, so that one that was cut off or changed is refused before anything is done.
//! `docs/RECORDS.md` describes the form.

mod file;
mod run;
#[cfg(test)]
mod tests;

pub use file::{Backup, Unread, verify};
pub use run::{backup, fill};
