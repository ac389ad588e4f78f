//! Long texts on several lines. Nothing is ever cut off.

use crate::words::{Weight, width};

/// Where a word that is too long for a line may be broken: after one of these.
const BREAKS_AFTER: [char; 8] = ['_', '-', '.', ',', '/', ':', ')', '='];

/// A text on one line, with single blanks for line breaks and tabs.
pub(crate) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The lines of a text, none wider than `width_max` pixels unless one character is.
#[must_use]
pub(crate) fn wrapped(text: &str, width_max: i32, size: i32, weight: Weight) -> Vec<String> {
    wrapped_by(text, &|line: &str| width(line, size, weight) <= width_max)
}

/// The lines of a text, each of which fits unless one character does not.
pub(crate) fn wrapped_by(text: &str, fits: &impl Fn(&str) -> bool) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        let joined = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
        if fits(&joined) {
            line = joined;
            continue;
        }
        if !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        let mut pieces = pieces(word, fits);
        line = pieces.pop().unwrap_or_default();
        lines.extend(pieces);
    }
    if !line.is_empty() || lines.is_empty() {
        lines.push(line);
    }
    lines
}

/// The length of the longest piece that a line has to hold, in characters.
pub(crate) fn longest_piece(text: &str) -> usize {
    let pieces = text.split_whitespace().flat_map(|it| it.split_inclusive(BREAKS_AFTER));
    pieces.map(|it| it.chars().count()).max().unwrap_or(0)
}

/// A word in pieces that fit: broken after a mark where there is one, within a syllable otherwise.
fn pieces(word: &str, fits: &impl Fn(&str) -> bool) -> Vec<String> {
    let mut done: Vec<String> = Vec::new();
    let mut piece = String::new();
    let mut safe = 0;
    for character in word.chars() {
        piece.push(character);
        if !fits(&piece) && piece.chars().nth(1).is_some() {
            let at = if safe > 0 { safe } else { piece.len() - character.len_utf8() };
            let rest = piece.split_off(at);
            done.push(std::mem::replace(&mut piece, rest));
            safe = 0;
        }
        if BREAKS_AFTER.contains(&character) {
            safe = piece.len();
        }
    }
    done.push(piece);
    done
}

#[cfg(test)]
mod tests {
    use super::{longest_piece, one_line, wrapped};
    use crate::words::{Weight, width};

    #[track_caller]
    fn check(text: &str, width_max: i32, expected: &[&str]) {
        assert_eq!(wrapped(text, width_max, 10, Weight::Plain), expected);
    }

    #[test]
    fn words_stay_whole_where_they_can() {
        check("requires both sides heard", 80, &["requires both", "sides heard"]);
        check("", 80, &[""]);
    }

    #[test]
    fn a_long_name_breaks_after_a_mark() {
        check("complainant_replied_late", 80, &["complainant_", "replied_late"]);
    }

    #[test]
    fn a_word_without_marks_breaks_where_it_must() {
        let text = "x".repeat(200);
        let lines = wrapped(&text, 70, 10, Weight::Plain);
        assert!(lines.iter().all(|it| width(it, 10, Weight::Plain) <= 70));
        assert_eq!(lines.concat(), text);
    }

    #[test]
    fn the_longest_piece_is_what_no_mark_divides() {
        assert_eq!(longest_piece("requires both_sides_heard"), "requires".len());
    }

    #[test]
    fn a_text_on_one_line_has_no_other_blanks() {
        assert_eq!(one_line(" a\n---\n\tb  c "), "a --- b c");
    }

    #[test]
    fn a_line_narrower_than_a_character_still_ends() {
        check("ab", 1, &["a", "b"]);
    }
}
