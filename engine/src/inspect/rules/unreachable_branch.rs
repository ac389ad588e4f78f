//! A branch is never taken.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::Span;

pub(crate) const CODE: Code = Code::warning("unreachable-branch");

/// `because` is what keeps the branch from being taken.
pub(crate) fn unreachable_branch(
    event: &str,
    stage: &str,
    because: &str,
    span: Span,
    earlier: Option<Span>,
) -> Diagnostic {
    let message = format!("this branch of event `{event}` in stage `{stage}` is never taken");
    let fault = Diagnostic::new(CODE, message, span, because).help(
        "branches are tried in file order: put the more particular one first, or remove this",
    );
    match earlier {
        Some(earlier) => fault.other(earlier, "taken first"),
        None => fault,
    }
}
