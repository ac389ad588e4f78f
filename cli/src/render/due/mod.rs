//! When a deadline is due, and how that is counted.

mod batch;
mod json;
mod object;
mod text;

pub(crate) use batch::{due_line, error_line, read_line};
pub(crate) use json::{due_json, ledger_json};
pub(crate) use text::{cited, due_text, ledger_text};
