//! The letters that were sent in a scenario, and what is needed to write them.

mod personal;
mod sent;

pub use personal::personal;
pub use sent::{Sent, sent};
