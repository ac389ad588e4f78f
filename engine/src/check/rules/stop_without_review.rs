//! Nobody looks at a stop again.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::Spanned;

pub(crate) const CODE: Code = Code::error("stop-without-review");

/// `name` is that of the stop.
pub(crate) fn stop_without_review(name: &Spanned<String>) -> Diagnostic {
    let message = format!("stop `{}` is never looked at again", name.value);
    Diagnostic::new(CODE, message, name.span, "stands as it is until it ends")
        .help("write `review = { every = \"3 months\", by = \"…\" }`, by another role than decides")
}
