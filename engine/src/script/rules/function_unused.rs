//! A function that nobody can call.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::Span;

pub(crate) const CODE: Code = Code::warning("function-unused");

/// A function has no signature and no other function calls it.
pub(crate) fn function_unused(span: Span, name: &str) -> Diagnostic {
    let message = format!("nothing can call function `{name}`");
    Diagnostic::new(CODE, message, span, "no signature and no caller")
        .help(format!("declare it as `[functions.{name}]` with `takes` and `gives`, or remove it"))
}
