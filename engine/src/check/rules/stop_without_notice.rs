//! A stop names no letter that goes with the decision.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::Spanned;

pub(crate) const CODE: Code = Code::error("stop-without-notice");

/// `name` is that of the stop.
pub(crate) fn stop_without_notice(name: &Spanned<String>) -> Diagnostic {
    let message = format!("stop `{}` is imposed without a letter", name.value);
    Diagnostic::new(CODE, message, name.span, "nobody tells the complainant").help(
        "write `notice = \"…\"`: the letter that says why, what, until when and how to appeal",
    )
}
