//! Sets of holidays: what is written in one, which ones a protocol names, and how much that is.

pub(crate) mod measure;
pub(crate) mod set;
mod wanted;

pub use set::{Every, Holiday, HolidaySet, Valid};
pub use wanted::holiday_sets_wanted;
