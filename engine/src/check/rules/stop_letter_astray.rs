//! A letter of a stop does not go to the complainant.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::Spanned;

pub(crate) const CODE: Code = Code::error("stop-letter-astray");

/// `letter` is the name of the letter.
pub(crate) fn stop_letter_astray(letter: &Spanned<String>) -> Diagnostic {
    let message = format!("letter `{}` does not go to the complainant", letter.value);
    Diagnostic::new(CODE, message, letter.span, "the stop is about somebody who never reads this")
        .help("put `complainant` in the `to` of the letter, or name another letter")
}
