//! Two keys say how long something may take.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::Span;

pub(crate) const CODE: Code = Code::error("two-terms");

/// Both keys with their places.
pub(crate) fn two_terms(first: (&str, Span), second: (&str, Span)) -> Diagnostic {
    let message = format!("`{}` and `{}` both say when it ends", first.0, second.0);
    Diagnostic::new(CODE, message, second.1, "a second end")
        .other(first.1, "the first")
        .help("keep one of them; the earlier of two terms is `min(…, …)`, the later `max(…, …)`")
}
