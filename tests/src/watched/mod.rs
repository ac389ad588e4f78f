//! What a case records of its guarantees, against reading each guarantee directly off a timed word:
//! all that happened, decision by decision, each with its instant and its points.
//!
//! The engine watches with a state for each guarantee. The reading here has none: it looks for the
//! points of a promise in the whole word.

mod direct;
#[cfg(test)]
mod tests;
mod word;
