//! A step whose keys do not say one thing.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::Span;

pub(crate) const CODE: Code = Code::error("scenario-step-unclear");

/// What is unclear, and how to say it.
pub(crate) fn scenario_step_unclear(problem: &str, span: Span, help: &str) -> Diagnostic {
    Diagnostic::new(CODE, problem, span, "this step").help(help)
}
