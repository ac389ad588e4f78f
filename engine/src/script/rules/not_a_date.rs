//! A text that should be a date.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::Span;

pub(crate) const CODE: Code = Code::error("not-a-date");

/// A date is compared with a text that is no date.
pub(crate) fn not_a_date(span: Span, written: &str) -> Diagnostic {
    let message = format!("`{written}` is no date");
    Diagnostic::new(CODE, message, span, "a date is needed here")
        .help("write year, month and day, as in `\"2026-03-02\"`")
}
