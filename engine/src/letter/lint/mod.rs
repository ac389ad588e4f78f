//! What is wrong with the texts of letters, found before anybody is written to.

mod avoid;
mod condition;
mod confidential;
mod each;
mod look;
mod print;
mod sample;
mod stated;
mod sure;
mod walk;
mod worded;

pub use look::lint;
