//! What somebody did in other cases decides about this one.

use crate::diagnostic::{Code, Diagnostic};
use crate::text::Span;

pub(crate) const CODE: Code = Code::warning("history-decides");

/// Where other cases are asked about, and what the answer does.
pub(crate) fn history_decides(span: Span, what: &str) -> Diagnostic {
    let message = format!("what the person did in other cases {what}");
    Diagnostic::new(CODE, message, span, "asks about other cases").help(
        "let history tell somebody or choose who looks at the case; a person who must be limited \
         gets a stop, with notice, review and appeal",
    )
}
