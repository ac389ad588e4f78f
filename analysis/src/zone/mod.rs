//! Sets of readings of clocks, described by bounds on their differences: in one base, and in
//! several bases that bound each other.

mod bounds;
mod change;
mod compare;
mod given;
mod passing;
mod several;
#[cfg(test)]
mod tests;

pub use bounds::{Bounds, UNBOUNDED};
pub use several::{Hold, Running, Zone};
