//! What is to be sent, and to whom.

use crate::cases::{Failure, StreamId, Tenant};
use engine::time::Instant;
use std::collections::BTreeSet;
use std::time::Duration;

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

/// Receivers, and what waits for them.
pub trait Outbox {
    /// Keeps a receiver; its number is given here, the one it brings is not looked at.
    ///
    /// # Errors
    /// As every call.
    fn add_webhook(&self, webhook: &Webhook) -> Result<WebhookId, Failure>;

    /// All receivers of a tenant, by number.
    ///
    /// # Errors
    /// As every call.
    fn webhooks(&self, tenant: Tenant) -> Result<Vec<Webhook>, Failure>;

    /// Turns a receiver on or off; whether there is one.
    ///
    /// # Errors
    /// As every call.
    fn set_active(&self, tenant: Tenant, id: WebhookId, active: bool) -> Result<bool, Failure>;

    /// Takes messages that may be sent now to receivers that are on: of each receiver and stream
    /// only the first that waits and is in no digest, and none that is for a digest, or that
    /// somebody else took and whose lease has not ended.
    ///
    /// # Errors
    /// As every call.
    fn take(&self, now: Instant, lease: Duration, room: &Room) -> Result<Vec<Taken>, Failure>;

    /// Takes a digest: all its messages at once, by stream and number. First one that was made
    /// before and may be sent now; else one is made for a receiver that is on and has none that
    /// waits, of what tells the same one, comes late and is not taken, wherever it stands in its
    /// stream. What is in a digest stays in it, and those behind it in its stream do not wait for
    /// it. Nothing where there is no digest.
    ///
    /// # Errors
    /// As every call.
    fn take_digest(
        &self,
        now: Instant,
        lease: Duration,
        room: &Room,
    ) -> Result<Vec<Taken>, Failure>;

    /// Says what became of a message, and of all others that are in a digest with it. For one that
    /// waits no more, nothing is changed.
    ///
    /// # Errors
    /// As every call.
    fn tried(
        &self,
        tenant: Tenant,
        message: &Message,
        now: Instant,
        attempt: &Attempt,
    ) -> Result<(), Failure>;

    /// The messages of a tenant in a state, by receiver, stream and number.
    ///
    /// # Errors
    /// As every call.
    fn messages(
        &self,
        tenant: Tenant,
        state: MessageState,
        limit: u32,
    ) -> Result<Vec<Taken>, Failure>;

    /// Lets the dead letters of a receiver be sent again, as if they had never been tried; how
    /// many there are.
    ///
    /// # Errors
    /// As every call.
    fn resend(&self, tenant: Tenant, webhook: WebhookId, now: Instant) -> Result<u64, Failure>;

    /// How many messages wait, those for receivers that are off included.
    ///
    /// # Errors
    /// As every call.
    fn depth(&self) -> Result<u64, Failure>;

    /// Since when the oldest message waits: the instant from which it might have been sent, also
    /// where it was tried since and did not arrive. In a long queue the oldest is looked for among
    /// the first of it.
    ///
    /// # Errors
    /// As every call.
    fn oldest_waiting(&self) -> Result<Option<Instant>, Failure>;

    /// When the first message may be taken: the first of its receiver and stream that waits, or one
    /// in a digest, to a receiver that is on, not before the end of a lease.
    ///
    /// # Errors
    /// As every call.
    fn next_send(&self) -> Result<Option<Instant>, Failure>;
}
