//! Why something was not kept or not found.

use std::fmt;

/// What went wrong in a place for cases. Nothing was changed, but for [`Failure::Unknown`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// Somebody else wrote first: a version, a key or a sequence number is taken. Load again and
    /// decide again.
    Overtaken,
    /// The database is away, locked or full: it may be there again in a moment.
    Unavailable(String),
    /// The connection was lost while the transaction was being committed: it may be on the disk or
    /// not. Load again and look.
    Unknown(String),
    /// What is kept cannot be what was written.
    Damaged(String),
}

impl fmt::Display for Failure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Overtaken => out.write_str("somebody else wrote first"),
            Self::Unavailable(why) => write!(out, "the store cannot be reached: {why}"),
            Self::Unknown(why) => write!(out, "the store was lost while it was writing: {why}"),
            Self::Damaged(why) => write!(out, "the store is damaged: {why}"),
        }
    }
}

impl std::error::Error for Failure {}
