//! Something that is not what was written, and where.

use crate::cases::{Hash, StreamId, Writer};
use std::fmt;

/// Where something is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Where {
    /// In the store as a whole.
    Store,
    /// In a version of a protocol, by its id and hash.
    Protocol(String, Hash),
    /// On a case or a stop.
    Stream {
        /// Which.
        stream: StreamId,
        /// The number that people use for it, where it is known.
        ticket: Option<String>,
        /// The number of the decision, where it is about one.
        version: Option<u32>,
    },
    /// In the journal of a writer.
    Journal {
        /// Whose.
        writer: Writer,
        /// The number of the page, where it is about one.
        page: Option<u64>,
    },
}

/// Something that is not what was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The name of the tenant.
    pub tenant: String,
    /// Where.
    pub at: Where,
    /// What, said of the place: `is missing`.
    pub what: String,
}

impl fmt::Display for Where {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Store => out.write_str("the store"),
            Self::Protocol(id, hash) => write!(out, "the protocol `{id}` {hash}"),
            Self::Stream { stream, ticket, version } => {
                if let Some(version) = version {
                    write!(out, "decision {version} of ")?;
                }
                match ticket {
                    Some(ticket) => write!(out, "case {ticket} ({stream})"),
                    None => write!(out, "the stream {stream}"),
                }
            }
            Self::Journal { writer, page: Some(page) } => {
                write!(out, "page {page} of the journal of writer {}", writer.0)
            }
            Self::Journal { writer, page: None } => {
                write!(out, "the journal of writer {}", writer.0)
            }
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} {}", self.at, self.what)
    }
}
