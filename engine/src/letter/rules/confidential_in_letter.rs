//! A letter tells others what only some roles read.

use crate::diagnostic::{Code, Diagnostic, listed};
use crate::text::Span;

pub(crate) const CODE: Code = Code::error("confidential-in-letter");

/// `readers` read it; `others` receive the letter and do not.
pub(crate) fn confidential_in_letter(
    name: &str,
    readers: &[&str],
    others: &[&str],
    span: Span,
) -> Diagnostic {
    let (only, who) = (readers.join(" and "), listed(others.iter().copied()));
    let message =
        format!("the letter says `{name}`, which only {only} may read, and goes to {who}");
    Diagnostic::new(CODE, message, span, "they would read what is confidential").help(
        "leave it out; what they may know belongs into a field of its own, with \
         `read_by = [\"everybody\"]`",
    )
}
