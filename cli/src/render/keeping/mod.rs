//! What is said of a store as a whole: what an audit found, what was erased, copied and restored.

mod audit;
mod erase;
mod store;

pub(crate) use audit::{Verified, anchored_text, findings_text, verified_json, verified_text};
pub(crate) use erase::erased_text;
pub(crate) use store::{BackedUp, Checked, backed_up_text, checked_text, restored_text};
