//! Something besides functions in `rules.rhai`.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::Span;

pub(crate) const CODE: Code = Code::error("script-top-level");

/// A statement stands outside all functions, or something is used that functions may not use.
pub(crate) fn script_top_level(span: Span, what: &str) -> Diagnostic {
    let message = format!("`rules.rhai` holds functions and nothing else, but this is {what}");
    Diagnostic::new(CODE, message, span, "not inside a function")
        .help("put it into `fn name(…) { … }`; a function sees only its arguments")
}
