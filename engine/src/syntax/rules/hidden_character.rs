//! A character that people cannot see, or that changes how its line looks.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::Span;

pub(crate) const CODE: Code = Code::error("hidden-character");

/// The character and its place.
pub(crate) fn hidden_character(character: char, span: Span) -> Diagnostic {
    let number = format!("U+{:04X}", u32::from(character));
    let message = format!("the text holds {} ({number})", kind(character));
    Diagnostic::new(CODE, message, span, format!("{number} stands here"))
        .help("delete it: a reader must see everything that a protocol says")
}

const fn kind(character: char) -> &'static str {
    match character {
        '\r' => "a carriage return without a line feed",
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            "a mark that changes the direction of writing"
        }
        '\u{2028}' | '\u{2029}' => "a line break that is no line end",
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' => "a control character",
        _ => "an invisible character",
    }
}
