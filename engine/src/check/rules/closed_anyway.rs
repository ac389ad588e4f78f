//! A closed day falls on a weekday that is closed anyway.

use chrono::Weekday;

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::Span;
use crate::time::weekday_name;

pub(crate) const CODE: Code = Code::warning("closed-anyway");

/// The day always falls on this weekday, which has no hours.
pub(crate) fn closed_anyway(name: &str, weekday: Weekday, on: Span) -> Diagnostic {
    let day = weekday_name(weekday);
    let message = format!("`{name}` is a {day}, on which this calendar is closed every week");
    Diagnostic::new(CODE, message, on, "closes no day that would be open")
        .help("if another day is given off for it, write that day; else remove the entry")
}
