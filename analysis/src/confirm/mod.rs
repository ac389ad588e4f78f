//! From a course without instants to one on real dates that the engine has been through, and from
//! there to a scenario and to the telling of it.
//!
//! Nothing that leaves this module rests on the search: what was found is decided once more from
//! nothing, event by event, and only what the facts then say is given out.

mod goal;

mod replay;

mod window;

mod walk;

mod acts;

mod brought;

mod instants;

mod dating;

mod effort;

mod random;

mod search;

mod wide;

mod telling;

#[cfg(test)]
mod tests;

pub use dating::{CALLS_MAX, confirm, confirm_any, confirm_from, worst};
pub use effort::Effort;
pub use goal::{Found, Goal};
pub use replay::replay;
pub use search::search;
pub use telling::{Row, longest, rows, scenario, timeline};
pub use wide::seen;
pub use window::Window;
