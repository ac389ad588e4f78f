//! What an error of PostgreSQL means for whoever called.

use crate::cases::Failure;
use std::error::Error as _;
use std::time::Duration;
use tokio_postgres::Error;
use tokio_postgres::error::SqlState;

/// Why something could not be done on a connection.
#[derive(Debug)]
pub(in crate::postgres) enum Broken {
    /// The transaction was rolled back because of another one: it may succeed when tried again.
    Again(Failure),
    /// The connection is gone, and nothing was committed.
    Lost(Failure),
    /// A parameter is a text that PostgreSQL cannot hold: it has the character NUL.
    NoText,
    /// The rest.
    Failed(Failure),
}

impl Broken {
    /// What is told to the caller when it is not tried again.
    pub(in crate::postgres) fn failure(self) -> Failure {
        match self {
            Self::Again(failure) | Self::Lost(failure) | Self::Failed(failure) => failure,
            Self::NoText => {
                Failure::Unavailable("PostgreSQL keeps no text with the character NUL".to_owned())
            }
        }
    }
}

/// An error before anything was committed.
pub(in crate::postgres) fn before_commit(error: &Error) -> Broken {
    let Some(state) = error.code() else {
        return match error.is_closed() || is_io(error) {
            true => Broken::Lost(Failure::Unavailable(words(error))),
            // What arrived is not what was asked for.
            false => Broken::Failed(Failure::Damaged(words(error))),
        };
    };
    if *state == SqlState::CHARACTER_NOT_IN_REPERTOIRE {
        return Broken::NoText;
    }
    match class(state) {
        "40" => Broken::Again(Failure::Unavailable(words(error))),
        "23" if *state == SqlState::UNIQUE_VIOLATION => Broken::Failed(Failure::Overtaken),
        // A table or its type that another node has just made.
        "42" if [SqlState::DUPLICATE_TABLE, SqlState::DUPLICATE_OBJECT].contains(state) => {
            Broken::Failed(Failure::Overtaken)
        }
        "23" | "XX" => Broken::Failed(Failure::Damaged(words(error))),
        // The server goes down, or ended this connection.
        "57" if *state != SqlState::QUERY_CANCELED => {
            Broken::Lost(Failure::Unavailable(words(error)))
        }
        // It stood still for too long in the middle of the transaction.
        _ if *state == SqlState::IDLE_IN_TRANSACTION_SESSION_TIMEOUT => {
            Broken::Lost(Failure::Unavailable(words(error)))
        }
        _ => Broken::Failed(Failure::Unavailable(words(error))),
    }
}

/// An error in answer to COMMIT: only a transaction that the server says it rolled back was
/// certainly not written.
pub(in crate::postgres) fn in_commit(error: &Error) -> Broken {
    match error.code() {
        Some(state)
            if class(state) == "40" && *state != SqlState::T_R_STATEMENT_COMPLETION_UNKNOWN =>
        {
            Broken::Again(Failure::Unavailable(words(error)))
        }
        Some(state) if *state == SqlState::UNIQUE_VIOLATION => Broken::Failed(Failure::Overtaken),
        _ => Broken::Failed(Failure::Unknown(words(error))),
    }
}

/// Nothing came for too long before anything was committed.
pub(in crate::postgres) fn too_long(limit: Duration) -> Broken {
    let limit_ms = limit.as_millis();
    Broken::Lost(Failure::Unavailable(format!("PostgreSQL gave no answer for {limit_ms} ms")))
}

/// An error while a connection was opened.
pub(in crate::postgres) fn connecting(error: &Error) -> Failure {
    Failure::Unavailable(words(error))
}

fn class(state: &SqlState) -> &str {
    state.code().get(..2).unwrap_or_default()
}

fn is_io(error: &Error) -> bool {
    error.source().is_some_and(|source| source.downcast_ref::<std::io::Error>().is_some())
}

/// What the error says. What PostgreSQL adds as detail may repeat values of a row, and stays out.
fn words(error: &Error) -> String {
    match (error.as_db_error(), error.source()) {
        (Some(said), _) => format!("{} ({})", said.message(), said.code().code()),
        (None, Some(source)) => format!("{error}: {source}"),
        (None, None) => error.to_string(),
    }
}
