//! The handler is named, and no rung says who that is.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::Span;

pub(crate) const CODE: Code = Code::error("handler-without-ladder");

/// `@handler` is the role of the current rung.
pub(crate) fn handler_without_ladder(span: Span) -> Diagnostic {
    let message = "`@handler` is the role of the current rung, and there is no ladder";
    Diagnostic::new(CODE, message, span, "nobody is meant by this")
        .help("name a role, or add a `[[ladder]]` with `rung` and `handled_by`")
}
