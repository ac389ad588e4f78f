//! Another case of a scenario opens before the first one.

use crate::diagnostic::{Code, Diagnostic};
use crate::text::Span;

pub(crate) const CODE: Code = Code::error("scenario-case-early");

/// Where the other case stands.
pub(crate) fn scenario_case_early(span: Span) -> Diagnostic {
    let message = "this case opens before the one of `[opened]`";
    Diagnostic::new(CODE, message, span, "it opens earlier")
        .help("let `[opened]` be the case that opens first")
}
