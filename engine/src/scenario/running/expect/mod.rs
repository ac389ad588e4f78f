//! What a step expects, held against what happened and how the case stands.

mod compare;

mod clocks;
mod corrected;
mod happened;
mod hidden;
mod lists;
mod retention;
mod state;
mod stops;

pub(crate) use compare::{REFUSED, compare};
pub(crate) use corrected::point;
pub(crate) use happened::told;
