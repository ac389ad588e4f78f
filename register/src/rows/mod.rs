//! What the rows of a case say.

mod case;
mod clock;
mod entry;
mod event;
mod of_case;

pub(crate) use clock::working_days;
pub use clock::{ClockWord, State, days_late, state, working_days_late};
pub(crate) use event::Happened;
pub use of_case::{Rows, closed_at, rows};
