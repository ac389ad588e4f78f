//! Pictures of protocols: laid out, and written as SVG, DOT, Mermaid and tables.
//!
//! Takes a [`Picture`](engine::picture::Picture) and gives text. The same picture gives the same
//! text, byte for byte.

mod words;

pub mod layout;

pub mod letter;

mod svg;

mod text;

pub use layout::TooLarge;
pub use svg::svg;
pub use text::{dot, markdown, mermaid, table};
