//! A warning says no moment before the end.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::Span;
use crate::text::Spanned;

pub(crate) const CODE: Code = Code::error("bad-warning");

/// The text is neither a term before the end nor a share of the term.
pub(crate) fn bad_warning(written: &Spanned<String>) -> Diagnostic {
    let message = format!("`{}` is no moment before the end of a term", written.value);
    Diagnostic::new(CODE, message, written.span, "not a warning")
        .help("write `2 working days before`, or `at 75 %` (from 1 to 99)")
}

/// More warnings of one deadline than a case can remember; the span is the first beyond them.
pub(crate) fn too_many_warnings(span: Span, n_most: usize) -> Diagnostic {
    let message = format!("a deadline has more than {n_most} warnings");
    Diagnostic::new(CODE, message, span, "one warning too many")
        .help("keep the warnings that somebody acts on")
}
