//! A `rules.rhai` that cannot be read.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::Span;

pub(crate) const CODE: Code = Code::error("script-syntax");

/// The file of functions cannot be read. `what` says why.
pub(crate) fn script_syntax(span: Span, what: &str) -> Diagnostic {
    Diagnostic::new(CODE, format!("this script cannot be read: {what}"), span, "here")
}
