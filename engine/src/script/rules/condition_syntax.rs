//! A condition that cannot be read.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::Span;

pub(crate) const CODE: Code = Code::error("condition-syntax");

/// The text is no condition. `what` is a fragment that says why, `instead` what to write, and
/// `replacement` the text that mends it when there is exactly one.
pub(crate) fn condition_syntax(
    span: Span,
    what: &str,
    instead: Option<&str>,
    replacement: Option<String>,
) -> Diagnostic {
    let message = format!("this condition cannot be read: {what}");
    let mut found = Diagnostic::new(CODE, message, span, "here");
    found = found.maybe_help(instead.map(str::to_owned));
    match replacement {
        Some(text) => found.fix(format!("write `{text}`"), span, text),
        None => found,
    }
}
