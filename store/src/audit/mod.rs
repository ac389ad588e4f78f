//! Shows that nothing that is kept was changed.
//!
//! Everything is read once, case by case and page by page: a store of any size is checked with the
//! memory of a few cases. Every decision must follow from the one before it by its hash, every page
//! of a journal must seal the decisions that say they stand on it, and what lists show of a case must
//! be what its decisions say.
//!
//! Hashes need no key, so whoever may write to the database can cut off a tail and hash anew what is
//! left. Only what was kept elsewhere shows that: an [`Anchor`], the heads of all journals at one
//! time. `docs/RECORDS.md` describes it.

mod anchor;
mod cases;
mod finding;
mod journals;
mod row;
mod run;
#[cfg(test)]
pub(crate) mod tests;
mod values;

pub use anchor::{Anchor, Head, OfTenant};
pub use finding::{Finding, Where};
pub use run::{Audit, audit};
pub use values::values;
