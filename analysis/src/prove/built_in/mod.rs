//! What every protocol is asked without saying so, and what else is asked of the places where a
//! case can be.

mod deadlines;
mod places;
mod prove;
mod rungs;
mod screened;
mod stops;
mod warnings;

#[cfg(test)]
mod tests;

pub(super) use deadlines::counts;
pub(super) use places::own;
pub(super) use prove::prove;
pub(super) use stops::has_stops;
pub(super) use warnings::warns;
