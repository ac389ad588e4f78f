//! A formal letter is to leave by a channel that is not in writing.

use crate::diagnostic::{Code, Diagnostic};
use crate::text::Span;

pub(crate) const CODE: Code = Code::error("letter-not-written");

/// `channel` is the one it would leave by.
pub(crate) fn letter_not_written(letter: &str, channel: &str, span: Span) -> Diagnostic {
    let message =
        format!("formal letter `{letter}` leaves by `{channel}`, which is not in writing");
    Diagnostic::new(CODE, message, span, "nobody could keep it")
        .help("name a channel with `written = true`, or take `form = \"formal\"` away")
}
