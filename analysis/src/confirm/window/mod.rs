//! When a case may begin, and at which times of day anybody acts.

mod outlasts;

mod dates;

pub use dates::Window;
pub(super) use dates::{Telling, evening_of, morning_of, next_working_morning};
