//! Two cases of a scenario have the same name.

use crate::diagnostic::{Code, Diagnostic};
use crate::syntax::shown;
use crate::text::Span;

pub(crate) const CODE: Code = Code::error("scenario-case-twice");

/// The name as written.
pub(crate) fn scenario_case_twice(name: &str, span: Span) -> Diagnostic {
    let message = format!("another case of this scenario is called `{}`", shown(name));
    Diagnostic::new(CODE, message, span, "the second case with this name")
        .help("give it a name of its own; the case of `[opened]` is called `first`")
}
