//! From bytes to text that shows what it holds: within the limits, UTF-8, nothing hidden.

use std::borrow::Cow;

use crate::diagnostic::Diagnostics;
use crate::syntax::limit::FAULTS_SHOWN_MAX;
use crate::syntax::limit::FILE_BYTES_MAX;
use crate::syntax::rules;
use crate::text::FileId;
use crate::text::SourceFile;
use crate::text::Span;

const BYTE_ORDER_MARK: &str = "\u{feff}";

/// The text of a file, or nothing when it cannot be used; the reasons are reported. A byte order
/// mark is reported and replaced by blanks of the same length, so that the rest is read too.
pub(crate) fn readable<'s>(
    id: FileId,
    file: &'s SourceFile,
    out: &mut Diagnostics,
) -> Option<Cow<'s, str>> {
    let text = decoded(id, file, out)?;
    let n_hidden = report_hidden(id, &text, out);
    (n_hidden == 0).then_some(text)
}

/// Like [`readable`], for files that other programs write: characters that people cannot see are
/// accepted.
pub(crate) fn decoded<'s>(
    id: FileId,
    file: &'s SourceFile,
    out: &mut Diagnostics,
) -> Option<Cow<'s, str>> {
    if file.bytes.len() > FILE_BYTES_MAX {
        out.push(rules::file_too_large(id));
        return None;
    }
    let text = match file.text() {
        Ok(text) => text,
        Err(n_valid) => {
            out.push(rules::not_utf8(id, &file.bytes, n_valid));
            return None;
        }
    };
    let Some(rest) = text.strip_prefix(BYTE_ORDER_MARK) else {
        return Some(Cow::Borrowed(text));
    };
    out.push(rules::byte_order_mark(Span::new(id, 0..BYTE_ORDER_MARK.len())));
    Some(Cow::Owned(format!("   {rest}")))
}

fn report_hidden(id: FileId, text: &str, out: &mut Diagnostics) -> usize {
    let hidden = text.char_indices().filter(|(at, it)| is_hidden(*it, text, *at));
    let mut n_hidden = 0usize;
    for (at, character) in hidden.take(FAULTS_SHOWN_MAX) {
        let span = Span::new(id, at..at.saturating_add(character.len_utf8()));
        out.push(rules::hidden_character_at(character, span));
        n_hidden = n_hidden.saturating_add(1);
    }
    n_hidden
}

/// The first character of a decoded string that people cannot see.
#[must_use]
pub fn first_hidden(text: &str) -> Option<char> {
    text.char_indices().find(|(at, it)| is_hidden(*it, text, *at)).map(|(_, it)| it)
}

/// Whether people cannot see a character of a text, at its offset.
pub(crate) fn is_hidden(character: char, text: &str, at: usize) -> bool {
    match character {
        ' '..='~' | '\n' | '\t' => false,
        '\r' => !text.get(at..).is_some_and(|rest| rest.starts_with("\r\n")),
        '\u{200c}' | '\u{200d}' => !joins_letters(text, at),
        _ => character.is_control() || is_invisible(character),
    }
}

/// Persian and the languages of India need joiners between letters.
fn joins_letters(text: &str, at: usize) -> bool {
    let is_letter = |it: char| !it.is_ascii() && it.is_alphanumeric() || is_mark(it);
    let before = text.get(..at).and_then(|before| before.chars().next_back());
    let after = text.get(at..).and_then(|rest| rest.chars().nth(1));
    before.is_some_and(is_letter) && after.is_some_and(is_letter)
}

/// Vowel signs and viramas of the Indic scripts.
const fn is_mark(character: char) -> bool {
    matches!(character, '\u{0900}'..='\u{0dff}')
}

/// Characters that take no place, turn the direction of writing or look like a blank that is a
/// letter.
const fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{ad}'
            | '\u{34f}'
            | '\u{61c}'
            | '\u{115f}'..='\u{1160}'
            | '\u{17b4}'..='\u{17b5}'
            | '\u{180b}'..='\u{180e}'
            | '\u{200b}'
            | '\u{200e}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{3164}'
            | '\u{feff}'
            | '\u{ffa0}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<char>) {
        assert_eq!(first_hidden(text), expected, "{text:?}");
    }

    #[test]
    fn what_people_cannot_see_is_found_and_what_they_need_is_not() {
        check("a\tb\r\nc\n", None);
        check("a\rb", Some('\r'));
        check("a\u{202e}b", Some('\u{202e}'));
        check("\u{7f}", Some('\u{7f}'));
        check("\u{85}", Some('\u{85}'));
        check("a\u{200d}b", Some('\u{200d}'));
        check("می\u{200c}شود", None);
        check("naïve café – “§ 3” 😀", None);
    }
}
