//! A key has a value that is none of the words it takes.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::listed;
use crate::diagnostic::nearest;
use crate::diagnostic::only_near;
use crate::text::Spanned;

pub(crate) const CODE: Code = Code::error("unknown-word");

/// `words` are the words that the key takes.
pub(crate) fn unknown_word<'w>(
    key: &str,
    written: &Spanned<String>,
    words: impl Iterator<Item = &'w str> + Clone,
) -> Diagnostic {
    let message = format!("`{key}` cannot be `{}`", written.value);
    let help = match nearest(&written.value, words.clone()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("write one of {}", listed(words.clone())),
    };
    let found = Diagnostic::new(CODE, message, written.span, "not one of its words").help(help);
    match only_near(&written.value, words) {
        Some(near) => found.fix(format!("write `{near}`"), written.span, format!("\"{near}\"")),
        None => found,
    }
}
