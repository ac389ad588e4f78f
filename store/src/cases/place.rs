//! What a database must be able to do to keep cases. All calls block; whoever must not wait calls
//! them from a thread that may.

use crate::cases::{
    Access, Ahead, Amendments, Answer, Audited, Batch, Copied, Decided, Duty, Failure, Others,
    Outbox, Page, People, Protocols, Standing, StreamId, Tenant, Writer,
};
use engine::time::Instant;
use std::collections::BTreeMap;

/// A place for cases. Every implementation passes the tests of `place_tests`.
pub trait Place:
    Cases + Ahead + People + Access + Outbox + Protocols + Audited + Copied + Amendments + Send + Sync
{
    /// Takes the number of a writer: no two that run have the same.
    ///
    /// # Errors
    /// As every call.
    fn take_writer(&self) -> Result<Writer, Failure>;

    /// What others have left it at; nothing where the database cannot tell at once. What is written
    /// through this place itself does not count.
    ///
    /// # Errors
    /// As every call.
    fn others(&self) -> Result<Option<Others>, Failure>;

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
    /// With something owed by this party.
    pub party: Option<String>,
    /// Of these people; of all where it is not given.
    pub own: Option<Own>,
    /// After this case, in the order of opening.
    pub after: Option<StreamId>,
    /// At most so many.
    pub limit: u32,
}

/// Whose cases are listed for somebody who reads their own alone: those in which one person
/// complains, and those about one person.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Own {
    /// Of which this person complains; nothing for none.
    pub complainant: Option<String>,
    /// About this person; nothing for none.
    pub respondent: Option<String>,
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
    /// already, where the version or the page before is not there, where a key under which values
    /// are sealed was destroyed meanwhile, and where others have written since what the batch says
    /// it was decided on; nothing is written then.
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
