//! Nobody and nothing proposes a stop.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::Span;

pub(crate) const CODE: Code = Code::error("stop-never-proposed");

/// `span` is that of `proposed`.
pub(crate) fn stop_never_proposed(stop: &str, span: Span) -> Diagnostic {
    let message = format!("stop `{stop}` is proposed by nobody");
    Diagnostic::new(CODE, message, span, "names neither people nor a condition")
        .help("write `by = [\"…\"]`: who may propose it; and `when` if it should propose itself")
}
