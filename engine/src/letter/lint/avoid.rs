//! Where a text says a phrase: whole words, in any case, with any blanks between them.

use std::ops::Range;

/// How many places of one phrase are looked for in one text.
const PLACES_MAX: usize = 20;

/// The places at which a text says a phrase.
pub(crate) fn places<'t>(
    text: &'t str,
    phrase: &'t str,
) -> impl Iterator<Item = Range<usize>> + 't {
    let mut before = None;
    let starts = text.char_indices().filter(move |(_, it)| {
        let begins = !before.is_some_and(char::is_alphanumeric);
        before = Some(*it);
        begins
    });
    let found = starts.filter_map(move |(at, _)| {
        let length = length_at(text.get(at..)?, phrase.trim())?;
        Some(at..at.saturating_add(length))
    });
    found.take(PLACES_MAX)
}

/// How many bytes the phrase takes at the start of a text; none if the text begins otherwise.
fn length_at(text: &str, phrase: &str) -> Option<usize> {
    let mut rest = text.chars().peekable();
    let mut length = 0usize;
    let mut wanted = phrase.chars().peekable();
    wanted.peek()?;
    while let Some(next) = wanted.next() {
        if next.is_whitespace() {
            while wanted.next_if(|it| it.is_whitespace()).is_some() {}
            let mut n_blanks = 0usize;
            while let Some(blank) = rest.next_if(|it| it.is_whitespace()) {
                n_blanks += 1;
                length = length.saturating_add(blank.len_utf8());
            }
            if n_blanks == 0 {
                return None;
            }
            continue;
        }
        let found = rest.next()?;
        if !alike(found, next) {
            return None;
        }
        length = length.saturating_add(found.len_utf8());
    }
    let goes_on = rest.peek().is_some_and(|it| it.is_alphanumeric());
    (!goes_on).then_some(length)
}

fn alike(a: char, b: char) -> bool {
    let plain = |it: char| if matches!(it, '’' | '‘') { '\'' } else { it };
    plain(a).to_lowercase().eq(plain(b).to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::places;

    #[track_caller]
    fn check(text: &str, phrase: &str, expected: &[&str]) {
        let found: Vec<&str> = places(text, phrase).map(|it| text.get(it).unwrap()).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_phrase_is_found_as_whole_words_in_any_case() {
        check("But we are sorry, but\nnot buttered.", "but", &["But", "but"]);
        check("We regret it IF\n you  feel so.", "if you feel", &["IF\n you  feel"]);
        check("It isn’t. Isn't it?", "isn't", &["isn’t", "Isn't"]);
        check("Één fout. ÉÉN", "één", &["Één", "ÉÉN"]);
        check("nothing", "", &[]);
        check("", "but", &[]);
        check("ifyoufeel", "if you feel", &[]);
    }
}
