//! A condition that assigns.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::Span;

pub(crate) const CODE: Code = Code::error("assignment-in-condition");

/// A condition changes something instead of asking. `replacement` is `==` when that is what a
/// single `=` must have meant.
pub(crate) fn assignment_in_condition(
    span: Span,
    written: &str,
    replacement: Option<&str>,
) -> Diagnostic {
    let message = format!("`{written}` changes a value, but a condition only asks");
    let found = Diagnostic::new(CODE, message, span, "this assigns");
    match replacement {
        Some(text) => found.help(format!("write `{text}` to compare")).fix(
            format!("write `{text}`"),
            span,
            text,
        ),
        None => found.help("events and transitions change fields; a condition reads them"),
    }
}
