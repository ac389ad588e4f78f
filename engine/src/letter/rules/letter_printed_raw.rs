//! A value is printed in a form that is not meant for people.

use crate::diagnostic::{Code, Diagnostic};
use crate::letter::Kind;
use crate::text::Span;

pub(crate) const CODE: Code = Code::error("letter-printed-raw");

/// `said` prints the word for a choice, from the table `words` of `[words]`.
/// `filter` is the one it goes through, if any: not one of its own.
pub(crate) fn letter_printed_raw(
    name: &str,
    (said, words): (&str, &str),
    kind: &Kind,
    filter: Option<&str>,
    span: Span,
) -> Diagnostic {
    let (what, help) = match kind {
        Kind::Text => ("words", format!("write `{{{{ {name} }}}}`")),
        Kind::Number => ("a number", format!("write `{{{{ {name} | number }}}}`")),
        Kind::Money => ("an amount of money", format!("write `{{{{ {name} | money }}}}`")),
        Kind::Name(_) => (
            "a name of the protocol",
            format!("write `{{{{ {said} }}}}`, with words for people in `[words.{words}]`"),
        ),
        Kind::Flag => (
            "a flag",
            format!("say in words what it means: `{{% if {name} %}}…{{% else %}}…{{% endif %}}`"),
        ),
        Kind::Date => ("a date", format!("write `{{{{ {name} | date }}}}`")),
        Kind::Instant => (
            "an instant",
            format!("write `{{{{ {name} | date }}}}`, and `{{{{ {name} | time }}}}` for the hour"),
        ),
        Kind::List => (
            "a list of entries",
            format!("go through them: `{{% for x in {name} %}}…{{% endfor %}}`"),
        ),
        Kind::Term => ("a term", format!("write `{{{{ {name} | term }}}}`")),
    };
    let message = match filter {
        None => format!("`{name}` is {what} and would be printed as a machine holds it"),
        Some(filter) => format!("`{name}` is {what}, which `{filter}` does not write"),
    };
    Diagnostic::new(CODE, message, span, "not in words for people").help(help)
}
