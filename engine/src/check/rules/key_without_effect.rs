//! A key is written where it means nothing.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::Span;

pub(crate) const CODE: Code = Code::error("key-without-effect");

/// `why` is a fragment: "it ends a duty that comes back, and there is no `every`".
pub(crate) fn key_without_effect(key: &str, span: Span, why: &str) -> Diagnostic {
    let message = format!("`{key}` has no effect here: {why}");
    Diagnostic::new(CODE, message, span, "nothing would read this")
        .help(format!("leave `{key}` out, or add what it belongs to"))
}
