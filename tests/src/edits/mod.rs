//! Does anybody notice? Every small edit of a shipped protocol, made by generic operators, must
//! be found by the checker, or change what a scenario says, or be listed with the reason why it
//! means the same.

mod judge;
mod operators;
#[cfg(test)]
mod tests;
mod told;
mod words;

pub use judge::{Bench, Verdict};
pub use operators::{Change, Edit, edits, edits_of_file};
