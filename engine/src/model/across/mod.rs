//! What is asked across the cases of a protocol: of one person, and of all.

mod history;
mod trend;

pub use history::{Asked, History, Question};
pub use trend::Trend;
