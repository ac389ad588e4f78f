//! One name stands for two things.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::syntax::name::shown;
use crate::text::Span;

pub(crate) const CODE: Code = Code::error("duplicate-name");

/// The second place of a name, and the first if it is known. `kind` is what the name is of:
/// `stage`, `key`.
pub(crate) fn duplicate_name(
    kind: &str,
    name: &str,
    second: Span,
    first: Option<Span>,
) -> Diagnostic {
    let message = format!("the {kind} `{}` is written twice", shown(name));
    let fault = Diagnostic::new(CODE, message, second, "written again here")
        .help("keep one of them, or give one another name");
    match first {
        Some(first) => fault.other(first, "first written here"),
        None => fault,
    }
}
