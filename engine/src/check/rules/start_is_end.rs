//! Cases are closed before they begin.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::Span;
use crate::text::Spanned;

pub(crate) const CODE: Code = Code::error("start-is-end");

/// `start` is the place of the key.
pub(crate) fn start_is_end(name: &Spanned<String>, start: Span) -> Diagnostic {
    let message = format!("stage `{}` is both the start and an end", name.value);
    Diagnostic::new(CODE, message, start, "every case would be closed when it is opened")
        .help("declare an end stage of its own")
}
