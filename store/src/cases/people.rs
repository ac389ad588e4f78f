//! Personal values, kept apart from the decisions, under a key for each complainant.

use crate::cases::{Failure, StreamId, Tenant};
use engine::time::Instant;

/// A personal value as it is stored: unreadable without the key of its person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sealed {
    /// The stream that refers to it.
    pub stream: StreamId,
    /// The reference that stands in the facts, unique within the stream.
    pub slot: String,
    /// The value, encrypted and authenticated; what it was encrypted with says `vault`.
    pub bytes: Vec<u8>,
}

/// The key of a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// The person, as the opaque id of the caller; for a case without one, the id of the stream.
    pub person: String,
    /// The key, wrapped by the key of the store; nothing where it was destroyed.
    pub wrapped: Option<Vec<u8>>,
    /// When it was destroyed last; a key that came after it is another one.
    pub destroyed_at: Option<Instant>,
}

/// What is erased at once, and what it was planned on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Erasure {
    /// The person, where it is somebody who is known by an id.
    pub person: Option<String>,
    /// All streams that name the person and all stops on them, each with the number of its latest
    /// decision; for nobody who is known, one case and its stops.
    pub streams: Vec<(StreamId, u32)>,
    /// The values that go: the stream and the reference.
    pub values: Vec<(StreamId, String)>,
    /// The keys that are destroyed, each by its person.
    pub keys: Vec<String>,
    /// When.
    pub at: Instant,
}

/// Personal values and their keys.
pub trait People {
    /// The key of a person.
    ///
    /// # Errors
    /// As every call.
    fn key(&self, tenant: Tenant, person: &str) -> Result<Option<Key>, Failure>;

    /// Keeps the key of a person who has none, or whose key was destroyed, and returns the one that
    /// is kept then: another one where somebody else was quicker.
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

    /// Erases at once, and leaves nothing of it in the files of the database as far as the database
    /// lets us; how many values there were.
    ///
    /// # Errors
    /// [`Failure::Overtaken`] where a stream has another version, or the person other streams, than
    /// it was planned on: nothing is erased then.
    fn erase(&self, tenant: Tenant, erasure: &Erasure) -> Result<u64, Failure>;
}
