//! A character that people cannot see, or that changes how its line looks.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::Span;

pub(crate) const CODE: Code = Code::error("hidden-character");

/// The character, and the place of the text that holds it by an escape.
pub(crate) fn hidden_character(character: char, span: Span) -> Diagnostic {
    let number = format!("U+{:04X}", u32::from(character));
    let message = format!("the text holds {} ({number})", kind(character));
    Diagnostic::new(CODE, message, span, format!("{number} stands here"))
        .help("delete it: a reader must see everything that a protocol says")
}

/// The character, and its own place in the file.
pub(crate) fn hidden_character_at(character: char, span: Span) -> Diagnostic {
    let fault = hidden_character(character, span);
    match takes_no_place(character) {
        true => fault.fix("delete the character", span, ""),
        false => fault,
    }
}

/// Whether the text looks the same without it. A filler looks like a blank, and a line break of
/// another kind may part two lines.
const fn takes_no_place(character: char) -> bool {
    matches!(
        character,
        '\u{ad}'
            | '\u{34f}'
            | '\u{61c}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}'
    )
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
