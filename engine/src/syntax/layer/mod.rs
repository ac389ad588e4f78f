//! A protocol that is built on another: the tables of both become one before anything of it is
//! read, and every key still knows the file it was written in.

mod changes;
mod cite;
mod effective;
pub(crate) mod maps;
mod merge;
mod places;
mod remove;
mod stack;
mod text;
mod tree;

pub use changes::Change;
pub use effective::{Effective, effective};
pub use maps::Map;
pub(crate) use places::Places;
pub(crate) use stack::{Layer, Stacked, extends, stack};
