//! An extension to a total that is allowed without it.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::Span;
use crate::time::Term;

pub(crate) const CODE: Code = Code::error("extension-not-longer");

/// `terms` are what the deadline allows anyway, in back quotes.
pub(crate) fn extension_not_longer(
    deadline: &str,
    total: Term,
    terms: &str,
    span: Span,
) -> Diagnostic {
    let message =
        format!("an extension of `{deadline}` to `{total}` is no longer than its term {terms}");
    Diagnostic::new(CODE, message, span, "counted from the start of the clock, not from its end")
        .help("write the whole time from the start, or `add` with what comes on top")
}
