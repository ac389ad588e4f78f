//! Sets of readings of clocks, described by bounds on their differences.

mod bounds;
mod change;
mod compare;
#[cfg(test)]
mod tests;

pub use bounds::{Bounds, UNBOUNDED};
