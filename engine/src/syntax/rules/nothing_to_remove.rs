//! A protocol removes something that the protocol it extends does not have.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::syntax::name::shown;
use crate::text::Span;

pub(crate) const CODE: Code = Code::error("nothing-to-remove");

/// What is to be removed, and what may be meant.
pub(crate) fn nothing_to_remove(path: &str, span: Span, help: Option<String>) -> Diagnostic {
    let message = format!("there is no `{}` to remove", shown(path));
    Diagnostic::new(CODE, message, span, "nothing taken over has this name")
        .help("write where it stands: `deadlines.answer`, `stages.open.on.declined`")
        .maybe_help(help)
}
