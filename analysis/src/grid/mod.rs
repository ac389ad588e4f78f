//! A case followed day by day on a real calendar, by the engine alone.
//!
//! From a case that is opened on one date, everything that anybody can do at a few looks a day is
//! tried, and whatever time does between them. Nothing is approximated, and nothing is said of other
//! dates or of other times of day: what is found here happens, what is not found may happen still.
//! Proofs are measured against it, so it knows nothing of how they are made.

mod course;
mod explore;
mod found;
mod goal;
mod key;
mod looks;
mod moves;
#[cfg(test)]
mod tests;
mod walk;
mod ways;

pub use explore::{Options, explore};
pub use found::{Extent, Found, OfGoal};
pub use goal::Goal;
