//! A declared function that nobody wrote.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::nearest;
use crate::text::Span;

pub(crate) const CODE: Code = Code::error("function-missing");

/// A signature is declared, but `rules.rhai` has no such function. `arguments` says how many it
/// takes: `1 argument`.
pub(crate) fn function_missing<'a>(
    span: Span,
    name: &str,
    arguments: &str,
    written: impl IntoIterator<Item = &'a str> + Clone,
) -> Diagnostic {
    let message = format!("function `{name}` is declared, but `rules.rhai` does not have it");
    let help = match nearest(name, written) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("add `fn {name}(…)` with {arguments} to `rules.rhai`"),
    };
    Diagnostic::new(CODE, message, span, "declared here").help(help)
}
