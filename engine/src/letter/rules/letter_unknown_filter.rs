//! A value goes through a filter that there is not.

use crate::diagnostic::{Code, Diagnostic};
use crate::text::Span;

pub(crate) const CODE: Code = Code::error("letter-unknown-filter");

/// `help` says which filters there are.
pub(crate) fn letter_unknown_filter(name: &str, help: String, span: Span) -> Diagnostic {
    let message = format!("letters have no filter `{name}`");
    Diagnostic::new(CODE, message, span, "not a way to write a value").help(help)
}
