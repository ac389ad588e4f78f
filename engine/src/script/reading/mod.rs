//! From the text of a condition to rhai's tree, with the way back to the bytes of the file.

mod asked;
mod closure;
mod parse;
mod place;
mod screen;
mod syntax_fault;
mod token;
mod written;

pub use asked::asked_about;
pub(crate) use closure::{Closure, LIST_FUNCTIONS, only};
pub use parse::{parse_condition, parse_value};
pub use place::{Located, Place};
pub use screen::{CONDITION_BYTES_MAX, CONDITION_DEPTH_MAX};
pub(crate) use syntax_fault::of_condition as unreadable;
pub(crate) use syntax_fault::words;
pub(crate) use token::TokenKind;
pub(crate) use written::{Extent, Written};
