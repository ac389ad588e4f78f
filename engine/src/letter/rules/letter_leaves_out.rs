//! A letter does not state what it must state.

use crate::diagnostic::{Code, Diagnostic};
use crate::text::Span;

pub(crate) const CODE: Code = Code::error("letter-leaves-out");

/// `missing` is what `states` names; `rule` is where it names it.
pub(crate) fn letter_leaves_out(letter: &str, missing: &str, text: Span, rule: Span) -> Diagnostic {
    let message =
        format!("letter `{letter}` must state `{missing}`, and its text may leave it out");
    let help = match missing.strip_prefix("block.") {
        Some(block) => {
            format!(
                "write the part between `{{% block {block} %}}` and `{{% endblock %}}`, outside any `if`"
            )
        }
        None => format!("print `{missing}` outside any `if`, or on both sides of it"),
    };
    let start = Span { end: text.start, ..text };
    Diagnostic::new(CODE, message, start, "not stated on every way through this text")
        .other(rule, "must be stated by this")
        .help(help)
}
