//! From a worked case back to its text: what `read` reads again as the same case.

mod value;

mod expect;
mod stops;

mod document;

pub use document::write;
