//! Duties and rights with a term.

mod compare;
mod extensions;
mod outcome;
mod owed;
mod pairs;
mod pauses;
mod terms;
mod windows;

pub(super) use compare::compare;
pub(super) use outcome::{climbs_as, early, untold};
pub(super) use pairs::counterparts;
pub(super) use terms::{Clock, later};
