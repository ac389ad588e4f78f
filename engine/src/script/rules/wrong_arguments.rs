//! A call with the wrong arguments.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::Span;

pub(crate) const CODE: Code = Code::error("wrong-arguments");

/// A function is called or written with other arguments than it takes. `takes` says what it
/// takes, `given` what it got: `1 argument`, `a text`.
pub(crate) fn wrong_arguments(span: Span, name: &str, takes: &str, given: &str) -> Diagnostic {
    let message = format!("`{name}` takes {takes}, but this gives {given}");
    Diagnostic::new(CODE, message, span, format!("gives {given}"))
}
