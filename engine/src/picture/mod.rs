//! The machine as people draw it: places in bands, arrows with what is said on them, and what
//! holds in many places at once. Pure data: where things lie and how they look is decided by
//! whoever draws.

mod shape;

mod reach;

mod running;

mod terms;

mod saying;

mod path;

mod gather;

mod build;

#[cfg(test)]
mod tests;

pub use build::{of, of_case};
pub use path::Wanted;
pub use shape::{Arrow, Band, Kind, Note, Picture, Place, Way, Within};
