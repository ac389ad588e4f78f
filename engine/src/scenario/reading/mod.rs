//! From the text of a scenario to a worked case, its names looked up and its values read.

mod names;

mod value;

mod given;

mod expect;

mod step;

mod read;

pub(crate) use given::slotted;
pub use read::read;
