//! A value of a choice has no word in the language of a letter that says it.

use crate::diagnostic::{Code, Diagnostic, listed};
use crate::text::{Language, Span};

pub(crate) const CODE: Code = Code::error("word-missing");

/// `without` are the values that have no word.
pub(crate) fn word_missing(
    name: &str,
    without: &[&str],
    language: Language,
    span: Span,
) -> Diagnostic {
    let values = listed(without.iter().copied());
    let tag = language.tag();
    let message = format!("{values} of `{name}` cannot be said in `{tag}`");
    let first = without.first().copied().unwrap_or_default();
    Diagnostic::new(CODE, message, span, "has no word for every value")
        .help(format!("add to `[words.{name}]`: `{first} = {{ {tag} = \"…\" }}`"))
}
