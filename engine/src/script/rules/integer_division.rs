//! A division of whole numbers.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::Span;

pub(crate) const CODE: Code = Code::error("integer-division");

/// Two whole numbers are divided, which would drop what is left over. `whole` is the division as
/// it is written, `left` and `right` its sides.
pub(crate) fn integer_division(span: Span, whole: &str, left: &str, right: &str) -> Diagnostic {
    let message = format!("`{whole}` divides whole numbers and would drop the rest");
    let found = Diagnostic::new(CODE, message, span, "the rest would be lost");
    if left.bytes().all(|byte| byte.is_ascii_digit()) {
        let exact = format!("{left}.0 / {right}");
        return found.help(format!("write `{exact}` to divide exactly"));
    }
    found.help("write one of the numbers with a decimal point to divide exactly")
}
