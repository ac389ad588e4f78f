//! A choice has a value twice.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::Span;
use crate::text::Spanned;

pub(crate) const CODE: Code = Code::error("choice-twice");

/// `first` is where it stands before.
pub(crate) fn choice_twice(choice: &Spanned<String>, field: &str, first: Span) -> Diagnostic {
    let message = format!("choice `{}` of field `{field}` is listed twice", choice.value);
    Diagnostic::new(CODE, message, choice.span, "listed again")
        .other(first, "listed here")
        .help("write the choice that was meant, or drop this one")
}
