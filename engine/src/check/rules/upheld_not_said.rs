//! A condition asks how many cases were upheld, and nothing says when a case counts as upheld.

use crate::diagnostic::{Code, Diagnostic};
use crate::text::Span;

pub(crate) const CODE: Code = Code::error("upheld-not-said");

/// Where it is asked.
pub(crate) fn upheld_not_said(span: Span) -> Diagnostic {
    let message = "the protocol does not say when a case counts as upheld";
    Diagnostic::new(CODE, message, span, "asks for it")
        .help("add `[history]` with `upheld`, a condition over the fields of the other case")
}
