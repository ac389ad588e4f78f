//! A letter states of a stop what is not known when it is sent.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::Spanned;

pub(crate) const CODE: Code = Code::error("stop-statement-astray");

/// `name` is the entry of `states`.
pub(crate) fn stop_statement_astray(letter: &str, name: &Spanned<String>) -> Diagnostic {
    let message = format!("`{}` is not known whenever letter `{letter}` is sent", name.value);
    let help = "the end, the review and the appeal stand in the `notice` of a stop that `lasts`; \
                `stop.says` in every letter of a stop, and in no other";
    Diagnostic::new(CODE, message, name.span, "there may be no such date yet").help(help)
}
