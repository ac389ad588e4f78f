//! The functions of `rules.rhai`: read once, called by conditions, and never able to hang, grow
//! without bound, see a clock or change anything.

mod call;
mod check;
mod compile;
mod convert;
mod definitions;
mod level;
mod natives;
mod numbers;

pub use compile::{Library, SCRIPT_BYTES_MAX, Signature};
pub use convert::Texts;
