//! A level of severity is listed twice.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::Span;
use crate::text::Spanned;

pub(crate) const CODE: Code = Code::error("level-twice");

/// `first` is where it stands before.
pub(crate) fn level_twice(level: &Spanned<String>, first: Span) -> Diagnostic {
    let message = format!("level `{}` is listed twice", level.value);
    Diagnostic::new(CODE, message, level.span, "listed again")
        .other(first, "listed here")
        .help("levels are listed once each, lowest first")
}
