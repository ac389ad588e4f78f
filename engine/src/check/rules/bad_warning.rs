//! A warning says no moment before the end.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::model::WARNINGS_MAX;
use crate::text::Span;
use crate::text::Spanned;

pub(crate) const CODE: Code = Code::error("bad-warning");

/// The text is neither a term before the end nor a share of the term.
pub(crate) fn bad_warning(written: &Spanned<String>) -> Diagnostic {
    let message = format!("`{}` is no moment before the end of a term", written.value);
    Diagnostic::new(CODE, message, written.span, "not a warning")
        .help("write `2 working days before`, or `at 75 %` (from 1 to 99)")
}

/// A deadline has more warnings than a clock can keep; `first` is the first that is too many.
pub(crate) fn too_many_warnings(deadline: &str, n_warnings: usize, first: Span) -> Diagnostic {
    let message = format!(
        "deadline `{deadline}` has {n_warnings} warnings, at most {WARNINGS_MAX} are given"
    );
    Diagnostic::new(CODE, message, first, "the first that is too many")
        .help("keep the warnings that somebody acts on")
}
