//! Tests of a keeper on a real place.

mod many;
mod orders;
mod time;
mod world;
