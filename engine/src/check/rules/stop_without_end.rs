//! A stop has no end.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::Spanned;

pub(crate) const CODE: Code = Code::warning("stop-without-end");

/// `name` is that of the stop.
pub(crate) fn stop_without_end(name: &Spanned<String>) -> Diagnostic {
    let message = format!("stop `{}` stands until somebody lifts it", name.value);
    Diagnostic::new(CODE, message, name.span, "has no end of its own")
        .help("write `lasts = \"6 months\"`; whoever still needs it then decides it anew")
}
