//! Sets of holidays: what is written in one, and how much that is.

pub(crate) mod measure;
pub(crate) mod set;

pub use set::{Every, Holiday, HolidaySet, Valid};
