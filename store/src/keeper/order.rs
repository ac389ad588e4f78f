//! What is asked of a keeper.

use std::fmt;

use engine::runtime::{Report, ReportedAt};

use crate::cases::{Failure, Hash, StreamId, Tenant};
use crate::keeper::Outcome;

/// Something to be decided and kept.
pub struct Order {
    /// Whose cases it is about.
    pub tenant: Tenant,
    /// What is to be decided.
    pub act: Act,
    /// Under which key the answer is kept; nothing where it is not to be kept.
    pub key: Option<Key>,
    /// Whether it is kept at all.
    pub mode: Mode,
    /// Makes the answer. Called by the writer before anything is written, once for each time that
    /// the order is decided: it must be quick, and must not wait.
    pub render: Render,
    /// Called once, when the answer is durable or it is certain that there is none. Must not wait.
    pub done: Done,
}

/// What is to be decided.
#[derive(Clone, Debug, PartialEq)]
pub enum Act {
    /// Opens a case, under the version of a protocol that is in use at the receipt.
    Open {
        /// The id of the protocol.
        protocol_id: String,
        /// What is reported. Its `recorded_at`, `history` and `stops` are not looked at: the
        /// keeper fills them in.
        report: Box<Report>,
        /// When it was received; nothing for "when it is decided". `report.at` is not looked at.
        happened: Option<ReportedAt>,
    },
    /// Reports an event of a case, or of a stop on it where `report.stop` names one.
    Report {
        /// The case.
        case: StreamId,
        /// What is reported, as for opening.
        report: Box<Report>,
        /// When it happened; nothing for "when it is decided". `report.at` is not looked at.
        happened: Option<ReportedAt>,
        /// The version that the case must have, before time has acted; any where not said.
        if_match: Option<u32>,
    },
}

/// An idempotency key and what was asked under it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// The key, as the caller gave it; unique within the tenant.
    pub text: String,
    /// The hash over method, path and body of the request.
    pub request: Hash,
}

/// Whether an order is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// It is decided and kept.
    Keep,
    /// It is decided on a copy. Nothing is written, and nothing reaches the outbox.
    DryRun,
}

/// Makes the answer to an order: its status and its body.
pub type Render = Box<dyn Fn(&Outcome<'_>) -> (u16, Vec<u8>) + Send>;

/// Takes the answer to an order.
pub type Done = Box<dyn FnOnce(Result<Reply, Undone>) + Send>;

/// The answer to an order. What it says is on the disk, if it says that something was accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// The status, as `render` made it now or, for a replay, then.
    pub status: u16,
    /// The body, byte for byte what is kept under the key.
    pub body: Vec<u8>,
    /// Whether the answer was given before, under the same key for the same request.
    pub is_replayed: bool,
    /// The case, and its version after the order; nothing for a replay, whose body says it, and
    /// where no case was found.
    pub case: Option<(StreamId, u32)>,
}

/// Why there is no answer. Nothing is acknowledged; whether something was kept is not known where
/// the store was lost while it wrote. The same order with the same key may be given again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Undone {
    /// Too much waits already.
    Busy,
    /// The keeper is being stopped.
    Stopping,
    /// The store failed, or others wrote first again and again.
    Failed(Failure),
}

impl fmt::Display for Undone {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Busy => out.write_str("too many orders wait already"),
            Self::Stopping => out.write_str("the keeper is being stopped"),
            Self::Failed(failure) => failure.fmt(out),
        }
    }
}

impl std::error::Error for Undone {}
