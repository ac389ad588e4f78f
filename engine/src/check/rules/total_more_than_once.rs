//! An extension to a total may be used again, and then changes nothing.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::Span;
use crate::time::Term;

pub(crate) const CODE: Code = Code::warning("total-more-than-once");

/// The second use would lead to the same due instant, and is refused.
pub(crate) fn total_more_than_once(deadline: &str, total: Term, times: Span) -> Diagnostic {
    let message =
        format!("`{deadline}` can be put off to `{total}` from its start once, not several times");
    Diagnostic::new(CODE, message, times, "the second time ends on the same day and is refused")
        .help("write `times = 1`, or `add` for time that comes on top each time")
}
