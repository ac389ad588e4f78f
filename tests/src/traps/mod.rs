//! Bugs that other products shipped, as tests: each row has its number in the name. Rows about
//! counting alone are in `engine/src/time/tests`.

mod absent;
mod calendar_change;
mod case;
mod checker;
mod confidential;
mod folders;
mod late;
mod one_place;
mod retention;
mod told;
