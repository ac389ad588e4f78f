//! Tests of a keeper on a real place.

mod amending;
mod faults;
mod many;
mod orders;
mod several;
mod time;
mod world;
