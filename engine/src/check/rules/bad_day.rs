//! A day of a calendar cannot be read.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::listed;
use crate::diagnostic::nearest;
use crate::text::Span;
use crate::text::Spanned;
use crate::time::IcsFault;
use crate::time::observed_words;

pub(crate) const CODE: Code = Code::error("bad-day");

/// A rule for a day of the year cannot be read.
pub(crate) fn bad_day(text: &str, fault: &str, span: Span) -> Diagnostic {
    let message = format!("`{text}` is no day of the year: {fault}");
    Diagnostic::new(CODE, message, span, "not a day that can be found in a year")
        .help("write `25 december`, `first monday of may` or `easter - 2 days`")
}

/// What happens to a holiday on a weekend is none of the words there are.
pub(crate) fn bad_observed(written: &Spanned<String>) -> Diagnostic {
    let message = format!("`{}` does not say when a holiday is observed", written.value);
    let help = match nearest(&written.value, observed_words()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("write {}", listed(observed_words())),
    };
    Diagnostic::new(CODE, message, written.span, "not a way of observing a holiday").help(help)
}

/// An entry of `open` is a rule.
pub(crate) fn open_by_rule(span: Span) -> Diagnostic {
    Diagnostic::new(CODE, "an open day must be one date", span, "a rule for every year")
        .help("write a date without quotes, such as `2026-12-19`")
}

/// A date is opened whose weekday has no hours.
pub(crate) fn open_without_hours(span: Span, day: &str) -> Diagnostic {
    let message = "the open day has no hours";
    Diagnostic::new(CODE, message, span, format!("a `{day}`, on which the calendar is closed"))
        .help("add `hours`, such as `hours = [\"10:00-14:00\"]`")
}

/// A year or date is something else.
pub(crate) fn not_a_year(span: Span) -> Diagnostic {
    Diagnostic::new(CODE, "a holiday is limited by years", span, "neither a year nor a date")
        .help("write a year such as `2026`, or a date, without quotes")
}

/// A file of appointments cannot be read.
pub(crate) fn bad_ics(fault: &IcsFault, file: Span) -> Diagnostic {
    Diagnostic::new(CODE, fault.to_string(), file, "this calendar file cannot be used")
}
