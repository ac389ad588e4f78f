//! What whoever checks a whole place asks: what stands on which page, and what hangs in the air.

use crate::cases::{Duty, Failure, Hash, Page, StreamId, Tenant, Writer};

/// A decision as its page seals it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OnPage {
    /// Of which stream.
    pub stream: StreamId,
    /// Its number in the stream, from 1.
    pub version: u32,
    /// Its place on the page, from 0.
    pub place: u32,
    /// Its hash.
    pub hash: Hash,
}

/// Something that belongs to nothing, or that repeats something else wrongly.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stray {
    /// The stream that it says it is of; nothing where it is of none.
    pub stream: Option<StreamId>,
    /// The number of the decision, where it is one.
    pub version: Option<u32>,
    /// What is wrong with it, as one fragment.
    pub what: String,
}

/// How the tables of a place stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Form {
    /// The version of the tables.
    pub kept: u32,
    /// The version that this program makes and reads.
    pub known: u32,
}

/// Checking a whole place.
pub trait Audited {
    /// The numbers of tenants of which something is kept and that have no name.
    ///
    /// # Errors
    /// As every call.
    fn nameless(&self) -> Result<Vec<Tenant>, Failure>;

    /// The writers that have a journal of a tenant, by number.
    ///
    /// # Errors
    /// As every call.
    fn writers(&self, tenant: Tenant) -> Result<Vec<Writer>, Failure>;

    /// The pages of a journal after a number, at most so many, by number, each with the decisions
    /// that say they stand on it, by place. What is returned was true at one instant.
    ///
    /// # Errors
    /// As every call.
    fn journal(
        &self,
        tenant: Tenant,
        writer: Writer,
        after: u64,
        limit: u32,
    ) -> Result<Vec<(Page, Vec<OnPage>)>, Failure>;

    /// What is owed on a stream as worklists have it, by deadline and occurrence.
    ///
    /// # Errors
    /// As every call.
    fn owed(&self, tenant: Tenant, stream: StreamId) -> Result<Vec<Duty>, Failure>;

    /// What hangs in the air among the cases of a tenant, at most so much of each kind: decisions
    /// of no stream or on no page, and what tables for finding say against the streams.
    ///
    /// # Errors
    /// As every call.
    fn strays(&self, tenant: Tenant, limit: u32) -> Result<Vec<Stray>, Failure>;

    /// Reads the whole database as far as it can check itself, and says what is wrong with it.
    ///
    /// # Errors
    /// As every call.
    fn faults(&self) -> Result<Vec<String>, Failure>;

    /// The version of the tables.
    ///
    /// # Errors
    /// As every call.
    fn form(&self) -> Result<Form, Failure>;
}
