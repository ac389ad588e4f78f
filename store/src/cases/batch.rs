//! What is written in one transaction.

use crate::cases::{Duty, Hash, Key, Message, Others, Sealed, Standing, StreamId, Tenant, Writer};
use engine::time::Instant;

/// What is written in one transaction: all of it or nothing.
#[derive(Clone, Debug, Default)]
pub struct Batch {
    /// A page for each tenant of the batch; none for another.
    pub pages: Vec<Page>,
    /// The changes, in the order of deciding. Several may be of one stream.
    pub changes: Vec<Change>,
    /// The keys under which its personal values are sealed. Where one of them is not the one that
    /// is kept any more, nothing is written.
    pub keys: Vec<(Tenant, Key)>,
    /// Such keys that are kept with it: of people who had none, or whose key was destroyed. Where one
    /// of them has a key by now, nothing is written.
    pub new_keys: Vec<(Tenant, Key)>,
    /// What others had left the place at when it was decided; nothing where that does not matter.
    pub decided_on: Option<Others>,
}

/// A page of the journal of a tenant and a writer: it seals every decision of one batch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Whose.
    pub tenant: Tenant,
    /// Who wrote it.
    pub writer: Writer,
    /// Its number, from 1, without gaps.
    pub sequence: u64,
    /// When it was written, by the clock of the writer.
    pub at: Instant,
    /// The hash over the page before it and the decisions on it, as `chain` says.
    pub hash: Hash,
}

/// One decision and all that follows from it.
#[derive(Clone, Debug)]
pub struct Change {
    /// Whose.
    pub tenant: Tenant,
    /// The decision.
    pub decided: Decided,
    /// How the stream stands after it. Its version is that of the decision.
    pub standing: Standing,
    /// All that is owed after it: what was owed before and is not here is owed no more.
    pub duties: Vec<Duty>,
    /// The personal values that it brings.
    pub sealed: Vec<Sealed>,
    /// What was answered to whoever reported it; nothing where time alone acted.
    pub answer: Option<Answer>,
    /// What is to be sent.
    pub messages: Vec<Message>,
}

/// One decision as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decided {
    /// Of which stream.
    pub stream: StreamId,
    /// Its number in the stream, from 1. That it is not there yet is what keeps two writers from
    /// deciding on the same standing.
    pub version: u32,
    /// The page that seals it: its writer and sequence.
    pub page: (Writer, u64),
    /// Its place on the page, from 0.
    pub place: u32,
    /// Report and facts, in the form that `record` describes.
    pub body: Vec<u8>,
    /// The hash over the decision before it and the body, as `chain` says.
    pub hash: Hash,
}

/// What was answered under an idempotency key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The key, as the caller gave it; unique within the tenant.
    pub key: String,
    /// The hash over method, path and body of the request.
    pub request: Hash,
    /// The status of the answer.
    pub status: u16,
    /// The body of the answer.
    pub body: Vec<u8>,
    /// The first instant at which it may be forgotten.
    pub expires: Instant,
}
