//! A case is escalated, and there is no ladder.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::Span;

pub(crate) const CODE: Code = Code::error("escalate-without-ladder");

/// `escalate = true` goes one rung up.
pub(crate) fn escalate_without_ladder(span: Span) -> Diagnostic {
    let message = "a case cannot go up a ladder that is not there";
    Diagnostic::new(CODE, message, span, "no rung to go to")
        .help("add a `[[ladder]]` with `rung` and `handled_by`, lowest rung first")
}
