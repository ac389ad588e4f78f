//! A scenario names something that its protocol does not declare.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::syntax::shown;
use crate::text::Span;

pub(crate) const CODE: Code = Code::error("scenario-unknown-name");

/// The kind of thing, the name as written, and what to write instead.
pub(crate) fn scenario_unknown_name(
    kind: &str,
    name: &str,
    span: Span,
    help: Option<String>,
) -> Diagnostic {
    let message = format!("the protocol has no {kind} `{}`", shown(name));
    Diagnostic::new(CODE, message, span, format!("no {kind} has this name")).maybe_help(help)
}
