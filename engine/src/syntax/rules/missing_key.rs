//! A key that is always needed is left out.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::Span;

pub(crate) const CODE: Code = Code::error("missing-key");

/// The key and the thing that it belongs to: ``role `agent` ``.
pub(crate) fn missing_key(key: &str, holder: &str, span: Span) -> Diagnostic {
    let message = format!("{holder} has no `{key}`");
    Diagnostic::new(CODE, message, span, format!("`{key}` is missing here"))
        .help(format!("add `{key} = …`"))
}
