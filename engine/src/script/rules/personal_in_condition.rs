//! A condition that reads a personal value.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::Span;

pub(crate) const CODE: Code = Code::error("personal-in-condition");

/// A condition reads a value about a person, which it may not see.
pub(crate) fn personal_in_condition(span: Span, name: &str) -> Diagnostic {
    let message = format!("`{name}` is personal and may not decide anything");
    Diagnostic::new(CODE, message, span, "personal value")
        .help(format!("ask `is_set({name})`, or keep what must decide in a field of its own"))
}
