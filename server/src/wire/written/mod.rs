//! How texts, dates, instants and values of fields are written.

mod text;
mod value;

pub use text::{Id, Name, Words, date, instant};
pub use value::{FieldValue, Moment};
pub(super) use value::{all_given, written};
