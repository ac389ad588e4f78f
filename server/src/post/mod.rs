//! From a body that somebody sent to an order that the keeper carries out, and back to an answer.

mod announce;
mod answer;
mod order;
mod render;

pub use announce::Announcing;
pub use answer::{Refused, answer, undone};
pub use order::{Asking, opening, reporting, submit};
pub use render::{Wanted, render};
