//! The first day counts, and the term ends at the same time of day.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::Span;

pub(crate) const CODE: Code = Code::error("same-and-exact");

/// The two contradict each other: a day that counts in full has no time of day.
pub(crate) fn same_and_exact(span: Span) -> Diagnostic {
    let message = "`first_day = \"same\"` and `ends = \"exact\"` contradict each other";
    Diagnostic::new(CODE, message, span, "a term that ends at its time of day counts whole days")
        .help("write `first_day = \"next\"`, or let the term end at `midnight` or `close`")
}
