//! Versions of protocols, as they were loaded.

use crate::cases::{Failure, Hash, Tenant};
use engine::time::Instant;

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
