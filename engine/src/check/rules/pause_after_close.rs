//! An end stage pauses a clock that is over there.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::Spanned;

pub(crate) const CODE: Code = Code::error("pause-after-close");

/// Entering an end stage cancels every duty that does not outlive the case.
pub(crate) fn pause_after_close(deadline: &Spanned<String>, stage: &str) -> Diagnostic {
    let message =
        format!("`{}` cannot stand still in `{stage}`, which ends the case", deadline.value);
    Diagnostic::new(CODE, message, deadline.span, "this clock is cancelled when the case is closed")
        .help("pause it in the stage where others are waited for")
}
