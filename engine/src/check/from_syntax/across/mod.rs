//! What is said across cases.

pub(crate) mod history;
pub(crate) mod trend;
