//! A closed day falls on a weekday that is closed anyway.

use chrono::Weekday;

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::Span;

pub(crate) const CODE: Code = Code::warning("closed-anyway");

/// The day always falls on this weekday, which has no hours.
pub(crate) fn closed_anyway(name: &str, weekday: Weekday, on: Span) -> Diagnostic {
    let day = match weekday {
        Weekday::Mon => "Monday",
        Weekday::Tue => "Tuesday",
        Weekday::Wed => "Wednesday",
        Weekday::Thu => "Thursday",
        Weekday::Fri => "Friday",
        Weekday::Sat => "Saturday",
        Weekday::Sun => "Sunday",
    };
    let message = format!("`{name}` is a {day}, on which this calendar is closed every week");
    Diagnostic::new(CODE, message, on, "closes no day that would be open")
        .help("if another day is given off for it, write that day; else remove the entry")
}
