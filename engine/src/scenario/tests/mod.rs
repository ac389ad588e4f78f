//! Scenarios of a small shop, by what they test.

mod cases;
mod coverage;
mod guarantees;
mod history;
mod late;
mod reading;
mod running;
mod shop;
mod stops;
mod telling;
mod trends;
