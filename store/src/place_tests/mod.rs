//! What every place for cases must do, as tests over any of them.
//!
//! An implementation says how to make an empty place ([`Fresh`]) and calls `every_place!` with it:
//! that makes one test of each function in here.

mod every;
pub(crate) mod overtaken;
pub(crate) mod round_trip;
mod sample;

pub(crate) use every::every_place;
pub(crate) use sample::Fresh;
