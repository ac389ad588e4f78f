//! The dates of a protocol say no period.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::Span;
use crate::time::NaiveDate;

pub(crate) const CODE: Code = Code::error("bad-effective");

/// A time of day is given.
pub(crate) fn effective_with_time(span: Span) -> Diagnostic {
    let message = "a protocol holds for whole days";
    Diagnostic::new(CODE, message, span, "has a time of day")
        .help("write a date: cases received on that day, in the protocol's zone, are included")
}

/// The last day is before the first.
pub(crate) fn effective_reversed(from: NaiveDate, to: NaiveDate, span: Span) -> Diagnostic {
    let message = format!("the protocol ends on {to}, before it begins on {from}");
    Diagnostic::new(CODE, message, span, "no case would be received in this time")
}
