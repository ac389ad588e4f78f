//! A question asks how often something happened within a period that nobody can read.

use crate::diagnostic::{Code, Diagnostic};
use crate::text::Span;

pub(crate) const CODE: Code = Code::error("unreadable-period");

/// What is wrong with the period, and what to write instead.
pub(crate) fn unreadable_period(span: Span, what: &str, help: &str) -> Diagnostic {
    Diagnostic::new(CODE, what, span, "no period").help(help)
}
