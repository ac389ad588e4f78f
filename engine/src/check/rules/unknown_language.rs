//! A letter is to be written in a language that is not known, or not declared.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::listed;
use crate::text::{Language, Span, Spanned};

pub(crate) const CODE: Code = Code::error("unknown-language");

/// Redress cannot write out dates and amounts in this language.
pub(crate) fn unknown_language(tag: &Spanned<String>) -> Diagnostic {
    let message = format!("letters cannot be written in `{}`", tag.value);
    let known = listed(Language::ALL.iter().map(|it| it.tag()));
    Diagnostic::new(CODE, message, tag.span, "not a language with dates and amounts of its own")
        .help(format!("known: {known}"))
}

/// Something is said in a language that the protocol does not declare.
pub(crate) fn undeclared_language(tag: &str, span: Span, declared: &[Language]) -> Diagnostic {
    let message = format!("no letter is written in `{tag}`");
    let found = Diagnostic::new(CODE, message, span, "not a language of this protocol");
    match declared {
        [] => found.help(format!("declare it: `languages = [\"{tag}\"]` in `[protocol]`")),
        _ => {
            let tags = listed(declared.iter().map(|it| it.tag()));
            found.help(format!("declared: {tags}; others go to `languages` in `[protocol]`"))
        }
    }
}
