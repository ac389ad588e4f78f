//! A text is computed.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::Span;

pub(crate) const CODE: Code = Code::error("computed-text");

/// Conditions give numbers, flags, dates and choices; texts come from people.
pub(crate) fn computed_text(field: &str, span: Span) -> Diagnostic {
    let message = format!("field `{field}` is a text, which cannot be computed");
    Diagnostic::new(CODE, message, span, "computes a text")
        .help("write the text itself, or let an event bring it with `carries`")
}
