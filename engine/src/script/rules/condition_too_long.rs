//! A condition that is too long.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::Span;

pub(crate) const CODE: Code = Code::error("condition-too-long");

/// The text of a condition has more bytes than a condition may have.
pub(crate) fn condition_too_long(span: Span, bytes: usize, bytes_max: usize) -> Diagnostic {
    let message = format!("this condition is {bytes} bytes long, but {bytes_max} is the most");
    Diagnostic::new(CODE, message, span, "too long")
        .help("give parts of it a name under `[conditions]`, or move it into `rules.rhai`")
}
