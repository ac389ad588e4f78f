//! Names as authors may write them, and how they are shown back.

use crate::syntax::limit::MENTION_BYTES_MAX;
use crate::syntax::limit::NAME_BYTES_MAX;

const SHOWN_CHARACTERS_MAX: usize = 48;

/// What is wrong with a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NameFault {
    /// There is nothing.
    Empty,
    /// It has more bytes than this.
    TooLong(usize),
    /// It starts with this character, which is no letter.
    Start(char),
    /// It holds this character.
    Character(char),
    /// It is not the name of the file that it stands in.
    NotTheFile,
}

/// What is wrong with the name of something that is declared: ASCII letters, digits, `_` and
/// `-`, a letter first.
pub(crate) fn declared_fault(name: &str) -> Option<NameFault> {
    let Some(first) = name.chars().next() else {
        return Some(NameFault::Empty);
    };
    if name.len() > NAME_BYTES_MAX {
        return Some(NameFault::TooLong(NAME_BYTES_MAX));
    }
    let fits = |it: &char| it.is_ascii_alphanumeric() || matches!(it, '_' | '-');
    if let Some(other) = name.chars().find(|it| !fits(it)) {
        return Some(NameFault::Character(other));
    }
    (!first.is_ascii_alphabetic()).then_some(NameFault::Start(first))
}

/// What is wrong with the mention of a name, where a prefix (`letter:`, `@`) or a path
/// (`deadline.answer.due`) may stand too: only letters that look like others.
pub(crate) fn mentioned_fault(mention: &str) -> Option<NameFault> {
    if mention.is_empty() {
        return Some(NameFault::Empty);
    }
    if mention.len() > MENTION_BYTES_MAX {
        return Some(NameFault::TooLong(MENTION_BYTES_MAX));
    }
    mention.chars().find(|it| !it.is_ascii()).map(NameFault::Character)
}

/// A text of the author, short enough for one line of a message.
pub(crate) fn shown(text: &str) -> String {
    let mut characters = text.chars();
    let short: String = characters.by_ref().take(SHOWN_CHARACTERS_MAX).collect();
    let short = short.replace(|it: char| it.is_control(), " ");
    if characters.next().is_some() { format!("{short}…") } else { short }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, expected: Option<NameFault>) {
        assert_eq!(declared_fault(name), expected, "{name}");
    }

    #[test]
    fn a_name_is_letters_digits_lines_and_a_letter_first() {
        check("front-line_2", None);
        check("", Some(NameFault::Empty));
        check("2nd", Some(NameFault::Start('2')));
        check("-x", Some(NameFault::Start('-')));
        check("@handler", Some(NameFault::Character('@')));
        check("\u{430}gent", Some(NameFault::Character('\u{430}')));
        check(&"a".repeat(64), None);
        check(&"a".repeat(65), Some(NameFault::TooLong(64)));
    }

    #[test]
    fn a_mention_may_hold_a_prefix_but_no_look_alike() {
        assert_eq!(mentioned_fault("letter:answer"), None);
        assert_eq!(mentioned_fault("@handler"), None);
        assert_eq!(mentioned_fault("b\u{443}"), Some(NameFault::Character('\u{443}')));
    }

    #[test]
    fn a_long_text_is_shown_short() {
        assert_eq!(shown("short"), "short");
        assert_eq!(shown(&"x".repeat(50)), format!("{}…", "x".repeat(48)));
    }
}
