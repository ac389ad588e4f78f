//! What is said across cases.

pub(crate) mod history;
pub(crate) mod trend;

pub use history::History;
pub use trend::Trend;
