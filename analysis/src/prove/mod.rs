//! What can be said of each guarantee of a protocol: proved, refuted by a course that the engine
//! has been through, or why neither.

mod asked;
mod built_in;
mod lengthens;
mod own;
mod reasons;
mod stair;

#[cfg(test)]
mod tests;

pub use asked::{Options, asked, prove};
pub(crate) use reasons::left_out;
pub(crate) use stair::{Seen, climb, grains};
