//! What a page consists of, before anybody writes it.

mod line;
mod shape;

pub use line::{Inline, Line};
pub(crate) use line::{joined, line, listed};
pub use shape::{Block, Cell, Page, Section, Shape, Table};
