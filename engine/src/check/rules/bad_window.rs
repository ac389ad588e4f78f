//! Opening hours cannot be read, or overlap.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::Span;
use crate::text::Spanned;
use crate::time::Window;
use crate::time::WindowFault;

pub(crate) const CODE: Code = Code::error("bad-window");

/// The text is no stretch of a day.
pub(crate) fn bad_window(fault: &WindowFault, span: Span) -> Diagnostic {
    Diagnostic::new(CODE, fault.to_string(), span, "not opening hours").help(fault.help())
}

/// Two windows of one day share a minute.
pub(crate) fn windows_overlap(first: Window, second: Window, span: Span) -> Diagnostic {
    let message = format!("windows `{first}` and `{second}` overlap");
    Diagnostic::new(CODE, message, span, "overlaps another window of the same day")
        .help("write one window, or end the first before the second begins")
}

/// A window over midnight runs into one of the next day.
pub(crate) fn windows_over_midnight(
    day: &str,
    late: Window,
    early: Window,
    calendar: &Spanned<String>,
) -> Diagnostic {
    let message = format!("window `{late}` of `{day}` runs into `{early}` of the next day");
    let label = "the hours of this calendar overlap over midnight";
    Diagnostic::new(CODE, message, calendar.span, label)
}

/// The days before the windows are no days of the week.
pub(crate) fn bad_weekdays(written: &Spanned<String>) -> Diagnostic {
    let message = format!("`{}` is no day and no range of days", written.value);
    Diagnostic::new(CODE, message, written.span, "not days of a week that begins on Monday")
        .help("write a day or a range, such as `fri` or `mon-thu`")
}

/// A day has hours already.
pub(crate) fn day_twice(day: &str, span: Span, before: Span) -> Diagnostic {
    let message = format!("hours of `{day}` are stated twice");
    Diagnostic::new(CODE, message, span, "this day has hours already").other(before, "stated here")
}

/// No day of the week has hours.
pub(crate) fn never_open(calendar: &Spanned<String>) -> Diagnostic {
    let message = format!("calendar `{}` is never open", calendar.value);
    Diagnostic::new(CODE, message, calendar.span, "no day of the week has a window")
        .help("a working day is a day with a window, such as `mon-fri = [\"09:00-17:00\"]`")
}
