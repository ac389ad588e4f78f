//! Personal values, kept apart from the decisions, under a key for each complainant.

use crate::cases::StreamId;
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
