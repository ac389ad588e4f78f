//! Cases in one SQLite file: the place for one process, and the default.
//!
//! The file is in WAL mode and every commit is flushed before it is answered. One connection writes,
//! behind a lock; others read at the same time and see what was committed when they began. What the
//! tables hold is said in `migrations/`.

mod access;
mod amendments;
mod audited;
mod copied;
mod file;
mod outbox;
mod people;
mod place;
mod protocols;
#[cfg(test)]
mod size;
mod streams;
#[cfg(test)]
mod tests;

pub use file::Sqlite;
