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
    /// When it was destroyed.
    pub destroyed_at: Option<Instant>,
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
