//! From a checked expression and the values of a case to an answer.
//!
//! The answer agrees with what rhai would say wherever rhai would not silently compare unlike
//! things; the test `guards_agree` holds it to that.

mod compare;
mod condition;
mod entries;
mod env;
mod number;
mod read;
mod value;
mod within;

pub use condition::{truth, truth_with};
pub use env::Env;
pub use value::{value, value_with};
pub use within::ENTRY_STEPS_MAX;
