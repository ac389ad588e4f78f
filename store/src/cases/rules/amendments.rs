//! Calendars that were amended after the protocols were written.

use crate::cases::{Failure, Hash, StreamId, Tenant};

/// An amendment of calendars as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptAmendment {
    /// Its number within the tenant, from 1, without gaps.
    pub number: u32,
    /// What was amended, by whom and why, in the form that `amendments` describes.
    pub body: Vec<u8>,
    /// The hash over the amendment before it and the body, as `chain` says.
    pub hash: Hash,
    /// How far the open streams were counted again.
    pub reached: Reached,
}

/// How far the open streams of a tenant were counted again, in the order of their ids.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reached {
    /// Up to this one; none yet where there is none.
    UpTo(Option<StreamId>),
    /// All of them.
    All,
}

/// Amendments of calendars.
pub trait Amendments {
    /// Keeps an amendment.
    ///
    /// # Errors
    /// [`Failure::Overtaken`] where its number is taken, or is not the next one.
    fn add_amendment(&self, tenant: Tenant, amendment: &KeptAmendment) -> Result<(), Failure>;

    /// All amendments of a tenant, by number.
    ///
    /// # Errors
    /// As every call.
    fn amendments(&self, tenant: Tenant) -> Result<Vec<KeptAmendment>, Failure>;

    /// Notes how far the open streams were counted again. It may be lost in a crash: then some are
    /// looked at once more.
    ///
    /// # Errors
    /// As every call.
    fn set_reached(&self, tenant: Tenant, number: u32, reached: Reached) -> Result<(), Failure>;

    /// The ids of the streams of a tenant that are not closed, after one, at most so many.
    ///
    /// # Errors
    /// As every call.
    fn open_streams(
        &self,
        tenant: Tenant,
        after: Option<StreamId>,
        limit: u32,
    ) -> Result<Vec<StreamId>, Failure>;
}
