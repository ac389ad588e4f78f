//! Other letters have a text, and this one has none.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::Spanned;

pub(crate) const CODE: Code = Code::error("letter-without-text");

/// `path` is the file that is not there.
pub(crate) fn letter_without_text(name: &Spanned<String>, path: &str) -> Diagnostic {
    let message = format!("letter `{}` has no text", name.value);
    Diagnostic::new(CODE, message, name.span, "there is nothing to send")
        .help(format!("write it in `{path}`"))
}
