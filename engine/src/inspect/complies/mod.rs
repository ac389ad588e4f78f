//! A protocol held against a statute: no term is longer, no duty, letter or right is gone, no rung is
//! skipped, no window of the complainant is shorter.
//!
//! Both are compared as they are written, entry by entry, under the same names or those that `[maps]`
//! gives. What cannot be shown to be at least as strict is reported.

mod compare;
mod duty;
mod events;
mod held;
mod ladder;
mod letters;
mod maps;
mod opening;
mod people;
mod says;
mod stops;
mod way;

pub(crate) use compare::complies;
pub(crate) use held::{Against, Held, Side};
pub(crate) use maps::check as check_maps;
