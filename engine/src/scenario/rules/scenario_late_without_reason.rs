//! A step happened before an earlier one and gives no reason for coming late.

use crate::diagnostic::{Code, Diagnostic};
use crate::text::Span;

pub(crate) const CODE: Code = Code::error("scenario-late-without-reason");

/// The header of the step.
pub(crate) fn scenario_late_without_reason(span: Span) -> Diagnostic {
    let message = "a step happened before an earlier one, and does not say why it comes late";
    Diagnostic::new(CODE, message, span, "an event would be refused like this")
        .help("add `reason = \"…\"`; to show the refusal, `expect = { refused = \"reason\" }`")
}
