//! The headings and connecting words of handbooks: a table for each language.

mod en;
mod nl;
mod table;
mod which;

pub(crate) use table::Phrases;
pub use which::languages;
pub(crate) use which::of;
