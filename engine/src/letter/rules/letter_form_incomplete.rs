//! A formal letter lacks a part that its form has.

use crate::diagnostic::{Code, Diagnostic};
use crate::text::Span;

pub(crate) const CODE: Code = Code::error("letter-form-incomplete");

/// `part` is the block that is not there.
pub(crate) fn letter_form_incomplete(letter: &str, part: &str, text: Span) -> Diagnostic {
    let message = format!("letter `{letter}` is formal and has no {part} on some way through it");
    let start = Span { end: text.start, ..text };
    Diagnostic::new(CODE, message, start, "a formal letter has a salutation and a closing").help(
        format!("write it between `{{% block {part} %}}` and `{{% endblock %}}`, outside any `if`"),
    )
}
