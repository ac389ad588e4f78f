//! How a stream stands after its latest decision: what lists and worklists show of it.

use crate::cases::{Hash, StreamId};
use engine::time::Instant;

/// What a stream is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StreamKind {
    /// A case.
    Case,
    /// A stop.
    Stop,
}

/// How a stream stands. Everything but what it was opened with follows from its decisions; all of
/// it is written with each of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Which stream.
    pub stream: StreamId,
    /// What it is of.
    pub kind: StreamKind,
    /// The case on which a stop was proposed; for a case, nothing.
    pub on: Option<StreamId>,
    /// The name of the stop; for a case, nothing.
    pub stop: Option<String>,
    /// The SHA-256 of the folder of its protocol: it stays what it was at opening.
    pub protocol: Hash,
    /// The id of its protocol, the same in all versions.
    pub protocol_id: String,
    /// The number of its latest decision, from 1.
    pub version: u32,
    /// The hash of its latest decision.
    pub hash: Hash,
    /// The number that people use for it, unique within the tenant; a stop has none.
    pub ticket: Option<String>,
    /// The hash of what a complainant must know besides the ticket.
    pub secret: Option<Hash>,
    /// The person who complains, as the opaque id of the caller.
    pub complainant: Option<String>,
    /// The person complained about, as the opaque id of the caller.
    pub respondent: Option<String>,
    /// When it was opened.
    pub opened_at: Instant,
    /// The name of its stage.
    pub stage: String,
    /// The name of its rung, where there is a ladder.
    pub rung: Option<String>,
    /// The name of its severity, where there is one.
    pub severity: Option<String>,
    /// Whether it is in an end stage.
    pub closed: bool,
    /// Whether a deadline was missed, ever.
    pub breached: bool,
    /// The soonest due instant of what is owed.
    pub due_at: Option<Instant>,
    /// The first instant at which time alone has acted on it.
    pub acts_at: Option<Instant>,
}

/// Something that somebody owes on an open case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Duty {
    /// The name of the deadline.
    pub deadline: String,
    /// Which instance of it, from 1.
    pub occurrence: u16,
    /// The name of who owes it: a role, `complainant`, `respondent` or `system`.
    pub party: String,
    /// When it is due, inclusive; nothing while its clock stands still.
    pub due: Option<Instant>,
    /// Whether it was missed and is owed still.
    pub missed: bool,
}
