//! The guarantees are watched: once the clocks of a decision have settled, on its points, and
//! when a term is over, after everything else that is due at that instant.

mod points;
mod term;
#[cfg(test)]
mod tests;

pub(crate) use points::settle;
pub(crate) use term::{amended, runs_out};
