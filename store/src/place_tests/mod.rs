//! What every place for cases must do, as tests over any of them.
//!
//! An implementation says how to make an empty place ([`Fresh`]) and calls `every_place!` with it:
//! that makes one test of each function in here.

pub(crate) mod access;
pub(crate) mod amendments;
mod every;
pub(crate) mod feed;
pub(crate) mod hostile;
pub(crate) mod lists;
pub(crate) mod outbox;
pub(crate) mod overtaken;
pub(crate) mod race;
pub(crate) mod round_trip;
mod sample;
pub(crate) mod tenants;

pub(crate) use every::every_place;
pub(crate) use sample::{Desk, Fresh, at, case, change, duty, hash, id};
