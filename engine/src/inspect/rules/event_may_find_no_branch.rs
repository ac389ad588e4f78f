//! An event is allowed, and in some cases no branch takes it.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::Span;

pub(crate) const CODE: Code = Code::error("event-may-find-no-branch");

/// `example` is a case that no branch takes, if one was found.
pub(crate) fn event_may_find_no_branch(
    event: &str,
    stage: &str,
    example: Option<&str>,
    span: Span,
) -> Diagnostic {
    let message = match example {
        Some(example) => format!("event `{event}` finds no branch in stage `{stage}` {example}"),
        None => format!("event `{event}` may find no branch in stage `{stage}`"),
    };
    Diagnostic::new(CODE, message, span, "the last branch, which has a `when`")
        .help("leave out `when` in the last branch: it is taken when no other holds")
}
