//! What SQLite says, as a sentence for whoever runs the store.

use crate::cases::Failure;
use rusqlite::{Error, ErrorCode};

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        let Some(code) = error.sqlite_error_code() else {
            return Self::Damaged(format!("a value is not what is kept in its place: {error}"));
        };
        match code {
            ErrorCode::NotADatabase => Self::Damaged("the file is not an SQLite database".into()),
            ErrorCode::DatabaseCorrupt => Self::Damaged(format!("the file is corrupt: {error}")),
            ErrorCode::ConstraintViolation => {
                Self::Damaged(format!("what was to be written does not fit what is kept: {error}"))
            }
            ErrorCode::DiskFull => Self::Unavailable("the disk is full".into()),
            ErrorCode::ReadOnly => Self::Unavailable("the file is read-only".into()),
            ErrorCode::TooBig => Self::Unavailable("a value is larger than SQLite keeps".into()),
            ErrorCode::CannotOpen => Self::Unavailable(format!("cannot be opened: {error}")),
            ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => {
                Self::Unavailable("another process is writing to the file for too long".into())
            }
            _ => Self::Unavailable(error.to_string()),
        }
    }
}

/// The failure of a statement that finds a version, page, ticket or key taken.
pub(in crate::sqlite) fn taken(error: Error) -> Failure {
    match error.sqlite_error_code() {
        Some(ErrorCode::ConstraintViolation) => Failure::Overtaken,
        _ => Failure::from(error),
    }
}

/// The failure of a commit: where the disk broke, nobody knows what is on it.
pub(in crate::sqlite) fn at_commit(error: Error) -> Failure {
    match error.sqlite_error_code() {
        Some(ErrorCode::SystemIoFailure) => Failure::Unknown(error.to_string()),
        _ => Failure::from(error),
    }
}

/// A batch that cannot be true, and why. Trying again gives the same.
pub(in crate::sqlite) fn refused(why: impl Into<String>) -> Failure {
    Failure::Damaged(why.into())
}
