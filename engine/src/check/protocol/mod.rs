//! The whole protocol: every construct in turn, then the parts together.

mod check;

mod assemble;
mod header;
mod parts;

pub use check::check;
