//! Things of different kinds where like things are needed.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::Span;

pub(crate) const CODE: Code = Code::error("unlike-types");

/// Two things do not go together, or one is not what its place needs. `label` says what the place
/// is.
pub(crate) fn unlike_types(
    span: Span,
    what: &str,
    label: &str,
    help: Option<String>,
) -> Diagnostic {
    Diagnostic::new(CODE, what, span, label).maybe_help(help)
}
