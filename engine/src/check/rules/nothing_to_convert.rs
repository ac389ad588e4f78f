//! The event `converted` has nothing to work on.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::Spanned;

pub(crate) const CODE: Code = Code::error("nothing-to-convert");

/// `event` is the declared `converted`.
pub(crate) fn nothing_to_convert(event: &Spanned<String>) -> Diagnostic {
    let message = "`converted` is declared, and no kind of intake becomes another";
    Diagnostic::new(CODE, message, event.span, "it would be refused in every case")
        .help("say in `[intake]` what becomes what: `becomes = \"complaint\"`")
}
