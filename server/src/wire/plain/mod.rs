//! What bodies are made of: texts and values.

mod text;
mod value;

pub use text::{Id, Name, Words, date, instant};
pub use value::{Moment, Value};
pub(in crate::wire) use value::{all_given, written};
