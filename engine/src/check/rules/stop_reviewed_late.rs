//! A stop is looked at again only after more than a year.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::Span;

pub(crate) const CODE: Code = Code::warning("stop-reviewed-late");

/// `span` is that of the term.
pub(crate) fn stop_reviewed_late(stop: &str, span: Span) -> Diagnostic {
    let message = format!("stop `{stop}` is not looked at again within 12 months");
    Diagnostic::new(CODE, message, span, "more than a year")
        .help("review it every 3 or 6 months, at the latest after 12")
}
