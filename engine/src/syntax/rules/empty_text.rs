//! A text that people should read is empty.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::Span;

pub(crate) const CODE: Code = Code::error("empty-text");

/// The key and the thing that it belongs to: ``condition `both_heard` ``.
pub(crate) fn empty_text(key: &str, holder: &str, span: Span) -> Diagnostic {
    Diagnostic::new(CODE, format!("`{key}` of {holder} says nothing"), span, "no words stand here")
        .help("write what people should read; where the key may be left out, leave it out")
}
