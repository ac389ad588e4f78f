//! A term would never be used.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::Span;

pub(crate) const CODE: Code = Code::error("unreachable-term");

/// Every level or choice has a term of its own.
pub(crate) fn otherwise_never_used(otherwise: Span, by: &str) -> Diagnostic {
    let message = format!("`otherwise` is never used: every `{by}` has a term of its own");
    Diagnostic::new(CODE, message, otherwise, "no case has this term").help("leave `otherwise` out")
}

/// An entry comes after one that holds always.
pub(crate) fn choice_never_reached(span: Span) -> Diagnostic {
    let message = "this term is never used: the entry before it holds always";
    Diagnostic::new(CODE, message, span, "no case has this term")
        .help("put the entry without `when` last")
}
