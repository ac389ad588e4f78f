//! What came of an order, as the one who renders the answer sees it: borrowed from the writer.

use engine::machine::Machine;
use engine::runtime::{Case, Decision, Explanation, Misread, NoDecision};
use engine::text::Strings;
use engine::time::Instant;

use crate::cases::{Hash, Standing, StreamId};

/// What came of an order.
#[derive(Debug)]
pub enum Outcome<'a> {
    /// It was accepted: the facts will be on the disk before the answer is given.
    Accepted(Accepted<'a>),
    /// The protocol does not allow it, or a condition broke. That a stop refused it is recorded
    /// with the case all the same.
    NotDecided(NotDecided<'a>),
    /// The report is no event of the protocol: everything about it that is wrong.
    Misread(&'a [Misread]),
    /// There is no such case in this tenant.
    NoCase,
    /// No version of the protocol is in use at the receipt.
    NoProtocol,
    /// The case has another version than the one that was said.
    OtherVersion(u32),
    /// The key was used for another request.
    KeyTaken,
}

/// Where an order was decided: the case as it stands after it.
#[derive(Clone, Copy, Debug)]
pub struct Scene<'a> {
    /// The id of the protocol, and the hash of its version.
    pub protocol: (&'a str, Hash),
    /// The machine of that version; numbers in what was decided are of it.
    pub machine: &'a Machine,
    /// The strings of the case and of what was decided.
    pub strings: &'a Strings,
    /// The case.
    pub id: StreamId,
    /// The case as it stands. For a dry run as it would.
    pub case: &'a Case,
    /// How it stands, as it is kept; its ticket with it.
    pub standing: &'a Standing,
    /// When the order was recorded: time has acted before then.
    pub recorded_at: Instant,
}

/// An order that was accepted.
#[derive(Debug)]
pub struct Accepted<'a> {
    /// The case.
    pub scene: Scene<'a>,
    /// What was considered and decided; without a fact where the same event was reported before.
    pub why: &'a Explanation,
    /// The stop that the event was of, where it was of one; numbers in `why` are then those of
    /// its machine.
    pub stop: Option<Stopped<'a>>,
    /// What followed for stops: proposed by their own condition, or ended with the case.
    pub follows: &'a [(Stopped<'a>, &'a Decision)],
    /// What a complainant must know besides the ticket to read the status, for a case that was
    /// just opened. Only its hash is kept by the store itself.
    pub secret: Option<&'a str>,
}

/// A stop, by its stream and name.
#[derive(Clone, Copy, Debug)]
pub struct Stopped<'a> {
    /// Its stream.
    pub id: StreamId,
    /// Its name.
    pub name: &'a str,
    /// Its machine.
    pub machine: &'a Machine,
    /// Its state.
    pub case: &'a Case,
}

/// An order that was not accepted.
#[derive(Debug)]
pub struct NotDecided<'a> {
    /// The case; nothing for one that would have been opened.
    pub scene: Option<Scene<'a>>,
    /// The machine that decided: that of the stop, for an event of a stop.
    pub machine: &'a Machine,
    /// The strings of the refusal.
    pub strings: &'a Strings,
    /// What was considered.
    pub why: &'a Explanation,
    /// What stands against it.
    pub none: &'a NoDecision,
}
