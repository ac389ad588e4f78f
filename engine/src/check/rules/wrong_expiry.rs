//! A breach of a window is named, or a lapse of a duty.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::Spanned;

pub(crate) const CODE: Code = Code::error("wrong-expiry");

/// A window lapses, a duty is breached.
pub(crate) fn wrong_expiry(kind: &str, deadline: &Spanned<String>) -> Diagnostic {
    let name = &deadline.value;
    let (message, label, other) = match kind {
        "breach" => (
            format!("deadline `{name}` is a window, which is never breached"),
            "a window lapses",
            "lapse",
        ),
        _ => (
            format!("deadline `{name}` is a duty, which never lapses"),
            "a duty is breached",
            "breach",
        ),
    };
    Diagnostic::new(CODE, message, deadline.span, label)
        .help(format!("write `{other}:{name}`"))
        .fix(format!("write `{other}:{name}`"), deadline.span, format!("\"{other}:{name}\""))
}
