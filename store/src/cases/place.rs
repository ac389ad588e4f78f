//! What a database must be able to do to keep cases. All calls block; whoever must not wait calls
//! them from a thread that may.

use crate::cases::{
    Answer, Attempt, Batch, Decided, Duty, Failure, Hash, Key, Message, MessageState, Page, Room,
    Sealed, Standing, StreamId, Taken, Tenant, Token, TokenId, Webhook, WebhookId, Writer,
};
use engine::time::Instant;
use std::collections::BTreeMap;
use std::time::Duration;

/// A place for cases. Every implementation passes the tests of `place_tests`.
pub trait Place: Cases + People + Access + Outbox + Protocols + Send + Sync {
    /// Takes the number of a writer: no two that run have the same.
    ///
    /// # Errors
    /// As every call.
    fn take_writer(&self) -> Result<Writer, Failure>;

    /// The number of a tenant with this name, which is made if there is none.
    ///
    /// # Errors
    /// As every call.
    fn tenant(&self, name: &str) -> Result<Tenant, Failure>;

    /// The names of all tenants.
    ///
    /// # Errors
    /// As every call.
    fn tenants(&self) -> Result<Vec<(Tenant, String)>, Failure>;

    /// Whether something can be written: it is tried.
    ///
    /// # Errors
    /// Why it cannot.
    fn writable(&self) -> Result<(), Failure>;
}

/// A stream as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// How it stands.
    pub standing: Standing,
    /// Its decisions, by version.
    pub decided: Vec<Decided>,
}

/// Which cases are listed. Conditions that are not given hold for all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Find {
    /// Of this protocol, in any version.
    pub protocol_id: Option<String>,
    /// In this stage.
    pub stage: Option<String>,
    /// On this rung.
    pub rung: Option<String>,
    /// With something owed that is due before this instant.
    pub due_before: Option<Instant>,
    /// With or without a missed deadline.
    pub breached: Option<bool>,
    /// Closed or open.
    pub closed: Option<bool>,
    /// Of this person.
    pub complainant: Option<String>,
    /// After this case, in the order of opening.
    pub after: Option<StreamId>,
    /// At most so many.
    pub limit: u32,
}

/// A page of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// The cases, in the order of their ids.
    pub cases: Vec<Standing>,
    /// Whether there are more.
    pub more: bool,
}

/// A page of a worklist: what is owed, the soonest due first, then what has no due instant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Worklist {
    /// What is owed, and on which case.
    pub duties: Vec<(Standing, Duty)>,
    /// Whether there are more.
    pub more: bool,
}

/// When time acts on a stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Timer {
    /// When.
    pub at: Instant,
    /// Whose.
    pub tenant: Tenant,
    /// On which stream.
    pub stream: StreamId,
}

/// How far a reader of the feed has come: for each journal, the number of the last page read and
/// the place of the last decision read on it.
pub type FeedCursor = BTreeMap<Writer, (u64, u32)>;

/// A stretch of the feed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feed {
    /// The decisions in the order of their pages, and those of one stream by version.
    pub decided: Vec<Decided>,
    /// From where to read on.
    pub cursor: FeedCursor,
}

/// Cases: decisions, how they stand, what is owed and when time acts.
pub trait Cases {
    /// Writes a batch: it is durable when this returns.
    ///
    /// # Errors
    /// [`Failure::Overtaken`] where a version, a page, a ticket or an idempotency key is there
    /// already, and where the version or the page before is not there; nothing is written then.
    /// [`Failure::Damaged`] where the batch contradicts itself (a decision without its page, a
    /// standing of another version) or names a protocol that is not kept: trying again is no use.
    fn write(&self, batch: &Batch) -> Result<(), Failure>;

    /// The streams with these ids, in this order; nothing for one that does not exist. What is
    /// returned of one stream was true at one instant.
    ///
    /// # Errors
    /// As every call.
    fn load(&self, tenant: Tenant, streams: &[StreamId]) -> Result<Vec<Option<Kept>>, Failure>;

    /// How a stream stands.
    ///
    /// # Errors
    /// As every call.
    fn standing(&self, tenant: Tenant, stream: StreamId) -> Result<Option<Standing>, Failure>;

    /// The case with a ticket.
    ///
    /// # Errors
    /// As every call.
    fn by_ticket(&self, tenant: Tenant, ticket: &str) -> Result<Option<Standing>, Failure>;

    /// The cases of a person under a protocol, in any version, and the stops on them, by id.
    ///
    /// # Errors
    /// As every call.
    fn of_person(
        &self,
        tenant: Tenant,
        protocol_id: &str,
        complainant: &str,
    ) -> Result<Vec<StreamId>, Failure>;

    /// The stops that were proposed on a case, by id.
    ///
    /// # Errors
    /// As every call.
    fn stops_on(&self, tenant: Tenant, case: StreamId) -> Result<Vec<StreamId>, Failure>;

    /// Lists cases, in the order of their ids.
    ///
    /// # Errors
    /// As every call.
    fn list(&self, tenant: Tenant, find: &Find) -> Result<Listed, Failure>;

    /// What these parties owe, the soonest due first, `skip` left out.
    ///
    /// # Errors
    /// As every call.
    fn worklist(
        &self,
        tenant: Tenant,
        parties: &[String],
        after: Option<(Option<Instant>, StreamId, String, u16)>,
        limit: u32,
    ) -> Result<Worklist, Failure>;

    /// The streams of all tenants on which time acts at or before an instant, the earliest first.
    ///
    /// # Errors
    /// As every call.
    fn timers(&self, until: Instant, limit: u32) -> Result<Vec<Timer>, Failure>;

    /// When time acts first, on any stream.
    ///
    /// # Errors
    /// As every call.
    fn first_timer(&self) -> Result<Option<Instant>, Failure>;

    /// Takes numbers of a counter of a tenant, and returns the first of `n` in a row that nobody
    /// else gets; the first of all is 1. A counter begins where it is first asked for. Numbers need
    /// not survive a crash unless something that is written later does: then they must.
    ///
    /// # Errors
    /// As every call.
    fn take_numbers(&self, tenant: Tenant, counter: &str, n: u32) -> Result<u32, Failure>;

    /// What was answered under a key.
    ///
    /// # Errors
    /// As every call.
    fn answer(&self, tenant: Tenant, key: &str) -> Result<Option<Answer>, Failure>;

    /// Forgets the answers that may be forgotten at an instant; how many were.
    ///
    /// # Errors
    /// As every call.
    fn forget_answers(&self, now: Instant) -> Result<u64, Failure>;

    /// The decisions recorded after a cursor, at most so many.
    ///
    /// # Errors
    /// As every call.
    fn feed(&self, tenant: Tenant, after: &FeedCursor, limit: u32) -> Result<Feed, Failure>;

    /// The pages of all journals of a tenant, by writer and sequence.
    ///
    /// # Errors
    /// As every call.
    fn pages(&self, tenant: Tenant) -> Result<Vec<Page>, Failure>;

    /// The last page of a journal.
    ///
    /// # Errors
    /// As every call.
    fn last_page(&self, tenant: Tenant, writer: Writer) -> Result<Option<Page>, Failure>;

    /// The ids of all streams of a tenant after one, at most so many: for those who check all.
    ///
    /// # Errors
    /// As every call.
    fn streams(
        &self,
        tenant: Tenant,
        after: Option<StreamId>,
        limit: u32,
    ) -> Result<Vec<StreamId>, Failure>;
}

/// Personal values and their keys.
pub trait People {
    /// The key of a person.
    ///
    /// # Errors
    /// As every call.
    fn key(&self, tenant: Tenant, person: &str) -> Result<Option<Key>, Failure>;

    /// Keeps the key of a person who has none, and returns the one that is kept then: another one
    /// where somebody else was quicker.
    ///
    /// # Errors
    /// As every call.
    fn keep_key(&self, tenant: Tenant, key: &Key) -> Result<Key, Failure>;

    /// Destroys the key of a person, if there is one, and the values under it, for good: those of
    /// the streams that name the person, or, where the person is the id of a case that names
    /// none, of that case and its stops. A key that was destroyed before stays as it was.
    ///
    /// # Errors
    /// As every call.
    fn destroy_key(&self, tenant: Tenant, person: &str, at: Instant) -> Result<(), Failure>;

    /// The personal values of a stream.
    ///
    /// # Errors
    /// As every call.
    fn sealed(&self, tenant: Tenant, stream: StreamId) -> Result<Vec<Sealed>, Failure>;

    /// Deletes some personal values of a stream; how many there were.
    ///
    /// # Errors
    /// As every call.
    fn delete_sealed(
        &self,
        tenant: Tenant,
        stream: StreamId,
        slots: &[String],
    ) -> Result<u64, Failure>;
}

/// Tokens.
pub trait Access {
    /// Keeps a new token.
    ///
    /// # Errors
    /// [`Failure::Overtaken`] where its id is taken.
    fn add_token(&self, token: &Token) -> Result<(), Failure>;

    /// The token with a hash, of whatever tenant, also one that no longer works.
    ///
    /// # Errors
    /// As every call.
    fn token(&self, hash: Hash) -> Result<Option<Token>, Failure>;

    /// All tokens of a tenant, by id.
    ///
    /// # Errors
    /// As every call.
    fn tokens(&self, tenant: Tenant) -> Result<Vec<Token>, Failure>;

    /// Takes a token back; whether there was one that worked.
    ///
    /// # Errors
    /// As every call.
    fn revoke(&self, tenant: Tenant, id: &TokenId, at: Instant) -> Result<bool, Failure>;
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

    /// When the first message may be taken: the first of its receiver and stream that waits, or one
    /// in a digest, to a receiver that is on, not before the end of a lease.
    ///
    /// # Errors
    /// As every call.
    fn next_send(&self) -> Result<Option<Instant>, Failure>;
}

/// A version of a protocol, as it was loaded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProtocolText {
    /// The SHA-256 of its folder.
    pub hash: Hash,
    /// The id of the protocol.
    pub id: String,
    /// Its version, as it says itself.
    pub version: String,
    /// The bytes of its folder, in the form that `docs/CANONICAL.md` describes.
    pub folder: Vec<u8>,
    /// The names that decisions refer to by number, in the form that `record` describes.
    pub names: Vec<u8>,
    /// The first instant at which new cases are opened under it; nothing while it is not used.
    pub active_from: Option<Instant>,
}

/// Versions of protocols: what was used for a case stays loadable.
pub trait Protocols {
    /// Keeps a version; one that is there already stays as it is.
    ///
    /// # Errors
    /// As every call.
    fn add_protocol(&self, tenant: Tenant, protocol: &ProtocolText) -> Result<(), Failure>;

    /// A version by its hash.
    ///
    /// # Errors
    /// As every call.
    fn protocol(&self, tenant: Tenant, hash: Hash) -> Result<Option<ProtocolText>, Failure>;

    /// All versions, by id and then by hash.
    ///
    /// # Errors
    /// As every call.
    fn protocols(&self, tenant: Tenant) -> Result<Vec<ProtocolText>, Failure>;

    /// From when new cases are opened under a version; whether it exists.
    ///
    /// # Errors
    /// As every call.
    fn activate(&self, tenant: Tenant, hash: Hash, from: Instant) -> Result<bool, Failure>;
}
