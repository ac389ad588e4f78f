//! A condition that uses more of rhai than conditions may.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::Span;

pub(crate) const CODE: Code = Code::error("condition-too-rich");

/// Something that rhai can read but a condition may not contain.
pub(crate) fn condition_too_rich(span: Span, what: &str, instead: &str) -> Diagnostic {
    let message = format!("a condition may not contain {what}");
    Diagnostic::new(CODE, message, span, "too much for a condition").help(instead)
}
