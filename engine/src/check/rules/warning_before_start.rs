//! A warning would come before its clock starts.

use crate::check::sense::TooEarly;
use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::Spanned;

pub(crate) const CODE: Code = Code::warning("warning-before-start");

/// `term` is what the deadline allows, in the author's words.
pub(crate) fn warning_before_start(
    warning: &Spanned<String>,
    deadline: &str,
    term: &str,
    how: TooEarly,
) -> Diagnostic {
    let (comes, label) = match how {
        TooEarly::Always => ("comes", "nobody can be warned before the clock starts"),
        TooEarly::Sometimes => ("may come", "longer than the term on some days of the year"),
    };
    let message = format!(
        "warning `{}` {comes} before the start of deadline `{deadline}`, which allows `{term}`",
        warning.value
    );
    Diagnostic::new(CODE, message, warning.span, label).help(
        "warn for less than the whole term, in the unit of the term, or at a share: `at 75 %`",
    )
}
