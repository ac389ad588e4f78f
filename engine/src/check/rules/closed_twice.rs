//! One day is closed by two entries.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::Span;

pub(crate) const CODE: Code = Code::warning("closed-twice");

/// `other` closes the same day; `set` is where it stands, if not in the same list.
pub(crate) fn closed_twice(name: &str, other: &str, set: Option<&str>, on: Span) -> Diagnostic {
    let by = match set {
        Some(set) => format!("`{other}` of the holidays `{set}`"),
        None => format!("`{other}` of the same list"),
    };
    let message = format!("the day of `{name}` is closed already, as {by}");
    Diagnostic::new(CODE, message, on, "closes no day that is open without it")
        .help("write the day that was meant; if it is this one, remove the entry")
}
