//! Nobody hears an appeal against a stop.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::Spanned;

pub(crate) const CODE: Code = Code::error("stop-without-appeal");

/// `name` is that of the stop.
pub(crate) fn stop_without_appeal(name: &Spanned<String>) -> Diagnostic {
    let message = format!("nobody hears an appeal against stop `{}`", name.value);
    Diagnostic::new(CODE, message, name.span, "the complainant has no way to object")
        .help("write `appeal = { to = \"…\", within = \"4 weeks\", answer = \"2 weeks\" }`")
}
