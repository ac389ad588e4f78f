//! Pictures as text: for other programs that draw, and for people who read tables.

mod sentence;

mod row;

mod columns;

mod table;

mod dot;

mod mermaid;

pub use dot::dot;
pub use mermaid::mermaid;
pub(crate) use sentence::sentence;
pub use table::{markdown, table};
