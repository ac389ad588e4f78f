//! How a file is laid out: `=` and comments in columns, one blank line between tables, one space
//! where one belongs. Only blanks and line ends change, and commas that nothing follows. Every
//! name, value and comment stays as it was written and where it was.

mod align;
mod document;
mod line;
mod lines;

pub use document::{Layout, layout};
