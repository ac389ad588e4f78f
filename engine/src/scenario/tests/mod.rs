//! Scenarios of a small shop, by what they test.

mod cases;
mod coverage;
mod history;
mod reading;
mod running;
mod shop;
mod telling;
mod trends;
