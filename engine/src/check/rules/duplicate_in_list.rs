//! Something is listed twice.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::Span;
use crate::text::Spanned;

pub(crate) const CODE: Code = Code::warning("duplicate-in-list");

/// `first` is where it stands before.
pub(crate) fn duplicate_in_list(name: &Spanned<String>, first: Span) -> Diagnostic {
    let message = format!("`{}` is listed twice", name.value);
    Diagnostic::new(CODE, message, name.span, "listed again")
        .other(first, "listed here")
        .help("name another here, or leave the second out")
}
