//! Scenarios of a small shop, by what they test.

mod coverage;
mod reading;
mod running;
mod shop;
mod telling;
