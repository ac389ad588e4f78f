//! A letter says what it must not say.

use crate::diagnostic::{Code, Diagnostic};
use crate::text::{Span, Spanned};

pub(crate) const CODE: Code = Code::error("letter-says-avoided");

/// `phrase` is what the protocol forbids; `span` is where the text says it.
pub(crate) fn letter_says_avoided(phrase: &Spanned<String>, span: Span) -> Diagnostic {
    let message = format!("the letter says “{}”, which it must avoid", phrase.value);
    Diagnostic::new(CODE, message, span, "say this in other words")
        .other(phrase.span, "to be avoided by this")
        .help("say plainly what went wrong and what happens now, without it")
}
