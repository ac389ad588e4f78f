//! A step is about a case that the scenario does not have.

use crate::diagnostic::{Code, Diagnostic};
use crate::syntax::shown;
use crate::text::Span;

pub(crate) const CODE: Code = Code::error("scenario-unknown-case");

/// The name as written, and which there are.
pub(crate) fn scenario_unknown_case(name: &str, span: Span, help: Option<String>) -> Diagnostic {
    let message = format!("the scenario has no case `{}`", shown(name));
    Diagnostic::new(CODE, message, span, "no `[[case]]` has this name").maybe_help(help)
}
