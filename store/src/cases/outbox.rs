//! What is to be sent, and to whom.

use crate::cases::{StreamId, Tenant};
use engine::time::Instant;
use std::collections::BTreeSet;

/// A receiver of messages, by its number within the tenant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WebhookId(pub i32);

/// A receiver of messages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Webhook {
    /// Its number.
    pub id: WebhookId,
    /// Whose it is.
    pub tenant: Tenant,
    /// Where to: `https://…`, or `file:NAME` for the file sink.
    pub url: String,
    /// The secret that signs, 24 to 64 bytes.
    pub secret: Vec<u8>,
    /// The kinds of fact that are sent; all where it is empty.
    pub kinds: Vec<String>,
    /// Whether anything is sent.
    pub active: bool,
}

/// Something to be sent: one fact for one receiver. Its id is the same however often it is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// To whom.
    pub webhook: WebhookId,
    /// About which stream.
    pub stream: StreamId,
    /// The number of the fact in its stream; messages of a stream are sent in this order.
    pub sequence: u32,
    /// The kind of the fact, as facts are written.
    pub kind: String,
    /// What is sent, without the envelope.
    pub body: Vec<u8>,
    /// Not before this instant.
    pub not_before: Instant,
    /// Whom it tells, where it tells somebody: a role or a party. What came late for the same one
    /// is sent as one digest.
    pub tells: Option<String>,
}

/// A message that was taken to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// Whose.
    pub tenant: Tenant,
    /// What.
    pub message: Message,
    /// How often it was tried before.
    pub attempts: u32,
    /// When it was tried first, if it was.
    pub first_tried: Option<Instant>,
}

/// How much whoever sends has room for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Room {
    /// At most so many messages.
    pub limit: u32,
    /// At most so many for one receiver, so that one with many streams leaves room for others.
    pub each: u32,
    /// None for these receivers.
    pub full: BTreeSet<(Tenant, WebhookId)>,
    /// What tells somebody, was to be sent before this instant and was never tried comes late: it
    /// is for a digest, and is not taken alone.
    pub late: Instant,
}

impl Room {
    /// Room for so many messages, whoever they are for and however late they come.
    #[must_use]
    pub const fn of(limit: u32) -> Self {
        Self { limit, each: limit, full: BTreeSet::new(), late: Instant::MIN }
    }
}

/// What became of a message that was tried.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Attempt {
    /// It arrived and is forgotten.
    Arrived,
    /// It did not; it is tried again from then on.
    Again(Instant, String),
    /// It did not and is given up: it stays in the list of dead letters.
    Dead(String),
}

/// Where a message stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MessageState {
    /// It waits for its turn.
    Waiting,
    /// It was given up.
    Dead,
}
