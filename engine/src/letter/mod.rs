//! What people receive: the template of a letter, checked when the protocol is, and the letter
//! that a case makes of it. A template can say little on purpose: values, `if`, and named blocks.

mod breaks;
mod document;

mod entries;

mod lint;

mod place;

mod read;

mod render;

mod rules;

mod values;

pub mod words;

pub use document::{Block, Inline};
pub use entries::Part;
pub use lint::lint;
pub use place::{Kind, Place};
pub use render::{Letter, Occasion, Unwritten, recipients, render};
pub use values::word;
pub use words::Labels;
