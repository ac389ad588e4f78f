//! A stage stops a clock that counts nothing.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::Span;
use crate::text::Spanned;

pub(crate) const CODE: Code = Code::warning("pause-of-uncounted");

/// `promptly` is the term of the deadline.
pub(crate) fn pause_of_uncounted(deadline: &Spanned<String>, promptly: Span) -> Diagnostic {
    let message = format!("`{}` has no term that could stand still", deadline.value);
    Diagnostic::new(CODE, message, deadline.span, "this pause gives nobody more time")
        .other(promptly, "owed without delay, so nothing is counted")
        .help("leave the pause out, or give the deadline a term")
}
