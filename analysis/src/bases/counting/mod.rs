//! What is counted, when it is due, and what of that can be compared.

mod due;
mod kind;
mod later;

pub(super) use due::Due;
pub use kind::Counting;
pub(super) use kind::Nature;
