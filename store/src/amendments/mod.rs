//! Amendments of calendars as they are kept: what was amended, by whom and why, as a text that is
//! hashed as it is stored, each over the one before it. `docs/RECORDS.md` describes them.

mod chain;
mod text;

pub use chain::{check, link, origin};
pub use text::{AMENDMENT_TEXT_MAX, AMENDMENT_VERSION, Amended};
