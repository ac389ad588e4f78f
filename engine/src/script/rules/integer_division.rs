//! A division of whole numbers.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::Span;

pub(crate) const CODE: Code = Code::error("integer-division");

/// Two whole numbers are divided, which would drop what is left over.
pub(crate) fn integer_division(span: Span, left: &str, right: &str) -> Diagnostic {
    let message = format!("`{left} / {right}` divides whole numbers and would drop the rest");
    let left = left.trim();
    let mended = if left.bytes().all(|byte| byte.is_ascii_digit()) {
        format!("write `{left}.0 / {right}` to divide exactly")
    } else {
        "write one of the numbers with a decimal point to divide exactly".to_owned()
    };
    Diagnostic::new(CODE, message, span, "the rest would be lost").help(mended)
}
