//! From what the engine says to text for people and for programs. The only place with types that
//! are written as JSON.

mod checked_json;
mod compact;
mod drawing;
mod failure;
pub(crate) mod palette;
mod words;

pub(crate) use checked_json::{CheckedProtocol, checked_json};
pub(crate) use compact::compact;
pub use drawing::drawing;
pub(crate) use failure::failure;
pub(crate) use words::{count, harmless, short};
