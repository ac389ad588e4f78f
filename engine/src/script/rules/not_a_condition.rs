//! A condition that is not a question.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::Span;

pub(crate) const CODE: Code = Code::error("not-a-condition");

/// A yes or no is needed and something else is written. `what` describes it: `a number`.
pub(crate) fn not_a_condition(span: Span, what: &str) -> Diagnostic {
    let message = format!("a condition must be a yes or no, but this is {what}");
    Diagnostic::new(CODE, message, span, what)
        .help("compare it with something, as in `amount > 100` or `harm == \"serious\"`")
}
