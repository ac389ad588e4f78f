//! From the text of a scenario to a worked case, its names looked up and its values read.

mod hidden;
mod names;

mod value;

mod given;

mod expect;

mod cases;

mod complainant;

mod revision;
mod step;
mod stops;

mod read;

pub(crate) use given::{personal, slot, slotted};
pub use read::read;
pub(crate) use read::scenario;
