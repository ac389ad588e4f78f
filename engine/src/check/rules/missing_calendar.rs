//! Something is counted on a calendar, and there is none.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::Span;

pub(crate) const CODE: Code = Code::error("missing-calendar");

/// `user` is what is counted: "deadline `answer`". `header` is the place of `[protocol]`.
pub(crate) fn missing_calendar(user: &str, span: Span, header: Span) -> Diagnostic {
    let message = format!("{user} needs a calendar, and none is named");
    Diagnostic::new(CODE, message, span, "which days and hours are working ones?")
        .other(header, "no `calendar` here")
        .help("write `calendar = \"office\"` in `[protocol]` and its hours in `[calendars.office]`")
}
