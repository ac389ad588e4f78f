//! Personal values, kept apart from the decisions and unreadable without the key of their person.
//!
//! Decisions hold references only. A reference is a digest of the value under the person's key:
//! the same report that is posted again has the same references, and nobody who lacks the key can
//! try values out. When the key is destroyed, what is left says nothing, and every hash still holds.
//!
//! Personal are the fields that the protocol says are, and the reason of every report, because
//! people write there what they like. The engine asks only whether a reason was given.

mod erase;
mod key;
mod report;
mod seal;

pub use erase::{Plan, Planned, erase, plan};
pub use key::{PersonKey, StoreKey};
pub use report::{is_personal, open_report, seal_report};
pub use seal::{Whose, open, seal, slot};
