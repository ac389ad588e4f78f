//! Things of different kinds where like things are needed.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::Span;

pub(crate) const CODE: Code = Code::error("unlike-types");

/// Two things do not go together, or one is not what its place needs.
pub(crate) fn unlike_types(span: Span, what: &str, help: Option<String>) -> Diagnostic {
    Diagnostic::new(CODE, what, span, "these do not go together").maybe_help(help)
}
