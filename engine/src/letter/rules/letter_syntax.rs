//! The tags of a letter cannot be read.

use crate::diagnostic::{Code, Diagnostic};
use crate::text::Span;

pub(crate) const CODE: Code = Code::error("letter-syntax");

/// `what` is what the reader of tags says.
pub(crate) fn letter_syntax(what: &str, span: Span) -> Diagnostic {
    let message = format!("the letter cannot be read: {what}");
    Diagnostic::new(CODE, message, span, "reading ends here")
        .help("a value is `{{ name }}`; a choice is `{% if … %}`, `{% else %}`, `{% endif %}`")
}
