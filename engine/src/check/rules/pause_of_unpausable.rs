//! A stage stops a clock that never stands still.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::Span;
use crate::text::Spanned;

pub(crate) const CODE: Code = Code::error("pause-of-unpausable");

/// `because` is the key that says so.
pub(crate) fn pause_of_unpausable(deadline: &Spanned<String>, because: Option<Span>) -> Diagnostic {
    let message = format!("deadline `{}` cannot be paused", deadline.value);
    let fault = Diagnostic::new(CODE, message, deadline.span, "this clock never stands still")
        .help("leave the pause out: a statutory clock runs on while others are waited for");
    match because {
        Some(because) => fault.other(because, "because of this"),
        None => fault,
    }
}
