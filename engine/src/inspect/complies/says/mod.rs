//! Conditions of two protocols, compared by their words.

mod implies;
mod meaning;
mod tokens;

pub(super) use implies::{disjoint, implies};
pub(super) use meaning::compare;
pub(super) use tokens::{Tokens, tokens, translated};
