//! The way through: what may happen in each stage, what it sends, and how a case may end.

mod branch;
mod branches;
mod ends;
mod entries;
mod timed;
mod walk;

pub(super) use branches::compare;
pub(super) use entries::{ends_at, is_of_both};
pub(super) use walk::{Pairs, walk};
