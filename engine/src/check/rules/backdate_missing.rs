//! Nobody says how far back an event may be reported.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::Span;

pub(crate) const CODE: Code = Code::error("backdate-missing");

/// `span` is `[time]`, or `[protocol]` if there is none.
pub(crate) fn backdate_missing(span: Span) -> Diagnostic {
    let message = "nothing says how far back an event may be reported";
    Diagnostic::new(CODE, message, span, "`backdate` is missing")
        .help("write it in `[time]`: `backdate = \"10 working days\"`")
}
