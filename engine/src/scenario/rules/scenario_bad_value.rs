//! A value of a scenario that cannot be used.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::Span;

pub(crate) const CODE: Code = Code::error("scenario-bad-value");

/// What is wrong, and what to write instead.
pub(crate) fn scenario_bad_value(
    problem: impl Into<String>,
    span: Span,
    help: impl Into<String>,
) -> Diagnostic {
    Diagnostic::new(CODE, problem, span, "cannot be used here").help(help)
}
