//! A deadline has no end.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::syntax::Deadline;
use crate::text::Span;

pub(crate) const CODE: Code = Code::error("no-term");

/// A deadline has none of `within`, `due` and `every`.
pub(crate) fn no_term(deadline: &Deadline) -> Diagnostic {
    let name = &deadline.name;
    let message = format!("deadline `{}` does not say how long it may take", name.value);
    Diagnostic::new(CODE, message, name.span, "neither `within`, nor `due`, nor `every`")
        .help("write a term such as `within = \"10 working days\"`, or `within = \"promptly\"`")
}

/// An extension has none of `add`, `total` and `until`.
pub(crate) fn no_length(span: Span) -> Diagnostic {
    let message = "the extension does not say how long it is";
    Diagnostic::new(CODE, message, span, "neither `add`, nor `total`, nor `until`").help(
        "write `add` (to the old due date), `total` (from the start) or `until` (a date field)",
    )
}

/// A guarantee is to be kept `promptly`.
pub(crate) fn no_end_of_guarantee(name: &str, within: Span) -> Diagnostic {
    let message = format!("guarantee `{name}` does not say how long it may take");
    Diagnostic::new(CODE, message, within, "`promptly` has no end that could be missed")
        .help("write a term such as `within = \"8 weeks\"`")
}
