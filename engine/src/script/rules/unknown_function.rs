//! A call of a function that does not exist.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::nearest_or_listed;
use crate::text::Span;

pub(crate) const CODE: Code = Code::error("unknown-function");

/// Something is called that is no function.
pub(crate) fn unknown_function<'a>(
    span: Span,
    name: &str,
    help: Option<String>,
    names: impl IntoIterator<Item = &'a str> + Clone,
) -> Diagnostic {
    let message = format!("unknown function `{name}`");
    let help = help.or_else(|| nearest_or_listed(name, "function", names));
    Diagnostic::new(CODE, message, span, "no function has this name").maybe_help(help)
}
