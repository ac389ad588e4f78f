//! Tests of a keeper on a real place.

mod amended_life;
mod amending;
mod beside;
mod faults;
mod many;
mod orders;
mod several;
mod time;
pub(crate) mod world;
