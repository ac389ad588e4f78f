//! Something is named as a point that does not happen at an instant.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::Spanned;

pub(crate) const CODE: Code = Code::error("unknown-point");

/// `user` says who names it: "clock starts on".
pub(crate) fn unknown_point(
    user: &str,
    written: &Spanned<String>,
    help: Option<String>,
) -> Diagnostic {
    let message = format!("{user} `{}`, which is no point", written.value);
    Diagnostic::new(CODE, message, written.span, "nothing that happens has this name")
        .maybe_help(help)
}
