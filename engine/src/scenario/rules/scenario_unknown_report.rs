//! A step corrects a report that no earlier step makes.

use crate::diagnostic::{Code, Diagnostic};
use crate::syntax::shown;
use crate::text::Span;

pub(crate) const CODE: Code = Code::error("scenario-unknown-report");

/// The id as written, and which there are.
pub(crate) fn scenario_unknown_report(id: &str, span: Span, help: Option<String>) -> Diagnostic {
    let message = format!("no earlier step is `{}`", shown(id));
    Diagnostic::new(CODE, message, span, "only what was reported before can be corrected")
        .maybe_help(help)
}
