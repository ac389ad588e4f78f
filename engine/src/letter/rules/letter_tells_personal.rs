//! Somebody else would read what is personal about the complainant.

use crate::diagnostic::{Code, Diagnostic, listed};
use crate::text::Span;

pub(crate) const CODE: Code = Code::warning("letter-tells-personal");

/// `others` are those who receive the letter and must not know.
pub(crate) fn letter_tells_personal(name: &str, others: &[String], span: Span) -> Diagnostic {
    let who = listed(others.iter().map(String::as_str));
    let message = format!("the letter says `{name}`, which is personal, and goes to {who} as well");
    let help = "say it inside `{% if recipient == \"complainant\" %}`, or make two letters of it";
    Diagnostic::new(CODE, message, span, "they would read that it is not disclosed").help(help)
}
