//! A personal field has a value that stands in the protocol.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::Span;

pub(crate) const CODE: Code = Code::error("personal-default");

/// What everybody can read in the protocol is nobody's personal data.
pub(crate) fn personal_default(field: &str, span: Span) -> Diagnostic {
    let message = format!("field `{field}` is personal, so the protocol cannot state its value");
    Diagnostic::new(CODE, message, span, "the same for every person")
        .help("leave the value out, or leave out `personal = true`")
}
