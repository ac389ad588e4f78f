//! A case of a scenario has a name that no step uses.

use crate::diagnostic::{Code, Diagnostic};
use crate::syntax::shown;
use crate::text::Span;

pub(crate) const CODE: Code = Code::error("scenario-case-unused");

/// The name as written.
pub(crate) fn scenario_case_unused(name: &str, span: Span) -> Diagnostic {
    let message = format!("no step is about the case `{}`", shown(name));
    Diagnostic::new(CODE, message, span, "nobody uses this name")
        .help("add `case` to the steps that are about it, or leave out its name")
}
