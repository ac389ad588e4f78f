//! A call of a function that does not exist.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::nearest_or_listed;
use crate::diagnostic::only_near;
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
    let found = Diagnostic::new(CODE, message, span, "no function has this name");
    if help.is_some() {
        return found.maybe_help(help);
    }
    let found = found.maybe_help(nearest_or_listed(name, "function", names.clone()));
    match only_near(name, names) {
        Some(near) => found.fix(format!("write `{near}`"), span, near),
        None => found,
    }
}
