//! What is wrong with the texts of letters, found before anybody is written to.

mod avoid;
mod condition;
mod confidential;
mod each;
mod look;
mod sample;
mod sure;
mod walk;

pub use look::lint;
