//! A letter must state something that nobody knows.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::Spanned;

pub(crate) const CODE: Code = Code::error("unknown-statement");

/// An entry of `states` is nothing a letter can state.
pub(crate) fn unknown_statement(name: &Spanned<String>) -> Diagnostic {
    let message = format!("no letter can state `{}`", name.value);
    let help = "write a field, `ticket`, `reason`, `deadline.D.due`, `handler.title` or `texts.X`";
    Diagnostic::new(CODE, message, name.span, "not known of any case").help(help)
}
