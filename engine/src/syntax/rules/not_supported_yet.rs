//! A part of the language that this version cannot carry out.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::Span;

pub(crate) const CODE: Code = Code::error("not-supported-yet");

/// What is not supported, as the author wrote it.
pub(crate) fn not_supported_yet(what: &str, span: Span) -> Diagnostic {
    Diagnostic::new(CODE, format!("`{what}` is not supported yet"), span, "cannot be carried out")
        .help("leave it out: a rule that would be ignored is refused instead")
}
