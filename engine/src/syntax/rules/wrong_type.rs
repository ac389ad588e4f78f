//! A value of another kind than its key takes.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::Span;

pub(crate) const CODE: Code = Code::error("wrong-type");

/// The key, what it takes and what was written, both in plain words: `a list of names`.
pub(crate) fn wrong_type(key: &str, takes: &str, written: &str, span: Span) -> Diagnostic {
    let message = format!("`{key}` takes {takes}, not {written}");
    Diagnostic::new(CODE, message, span, format!("expected {takes}"))
}
