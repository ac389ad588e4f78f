//! A merged case is sent somewhere.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::Span;

pub(crate) const CODE: Code = Code::error("merged-goes-on");

/// `key` is `to` or `escalate`, `span` its value.
pub(crate) fn merged_goes_on(key: &str, span: Span) -> Diagnostic {
    let message = format!("`{key}` stands at `merged`");
    Diagnostic::new(CODE, message, span, "a merged case is closed where it is")
        .help("leave it out; what should happen next happens in the case it was merged into")
}
