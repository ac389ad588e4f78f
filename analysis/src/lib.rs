//! What can be proved of a protocol, whatever happens.
//!
//! A proof looks at every course a case can take at once. The courses that differ only in when
//! things happen are held together in a [`zone`]: a set of instants that is described by how
//! far any two of them may lie apart. What happens at a step is asked of the engine itself.

pub mod bases;
pub mod certificate;
pub mod confirm;
pub mod explore;
pub mod grid;
#[cfg(test)]
mod loading;
mod patience;
mod prove;
pub mod steps;
mod taken;
mod verdict;
pub mod zone;

pub use patience::Patience;
pub use prove::{Options, asked, prove};
pub use taken::{Reported, Taken};
pub use verdict::{
    Asked, Because, BuiltIn, Course, Impossible, Outcome, Proved, Undecided, Verdict,
};
