//! Conditions are parsed by rhai but evaluated by the engine's own code. Here rhai evaluates them
//! too, on the same values, and must agree: the same answer, or an error from both.

mod generate;
mod generate_entries;
mod sides;

pub use generate::{Written, condition, number};
pub use generate_entries::about_entries;
pub use sides::{Answer, Sides, Values};

#[cfg(test)]
mod tests;
