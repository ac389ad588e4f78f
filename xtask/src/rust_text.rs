//! Rust source as text: which characters are code, comment or literal, and the words of the code.

use std::iter;

/// What a character belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// Names, numbers and signs.
    Code,
    /// Comments, also those that document an item.
    Comment,
    /// Strings and characters with their quotes.
    Literal,
}

/// Blanks everything but the kept parts. Lines stay where they are.
pub(crate) fn only(text: &str, kept: &[Part]) -> String {
    let chars: Vec<char> = text.chars().collect();
    let keep = |(c, part): (&char, Part)| if *c == '\n' || kept.contains(&part) { *c } else { ' ' };
    chars.iter().zip(parts(&chars)).map(keep).collect()
}

/// A name, `::` or a single sign of the code, with its line counted from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Word {
    /// As written.
    pub(crate) text: String,
    /// Counted from 1.
    pub(crate) line_number: usize,
}

/// The words of the code, without comments and literals.
pub(crate) fn words(text: &str) -> Vec<Word> {
    let code = only(text, &[Part::Code]);
    let mut words = Vec::new();
    for (line_index, line) in code.lines().enumerate() {
        let line_number = line_index + 1;
        let mut rest: &[char] = &line.chars().collect::<Vec<_>>();
        while let Some(first) = rest.first() {
            let length = match rest {
                [':', ':', ..] => 2,
                _ => name_length(rest).max(1),
            };
            if !first.is_whitespace() {
                words.push(Word { text: rest.iter().take(length).collect(), line_number });
            }
            rest = rest.get(length..).unwrap_or_default();
        }
    }
    words
}

fn parts(chars: &[char]) -> Vec<Part> {
    let mut parts = Vec::with_capacity(chars.len());
    while let Some(rest) = chars.get(parts.len()..).filter(|it| !it.is_empty()) {
        let (part, length) = first_token(rest);
        parts.extend(iter::repeat_n(part, length.min(rest.len())));
    }
    parts
}

fn first_token(rest: &[char]) -> (Part, usize) {
    match rest {
        ['/', '/', ..] => (Part::Comment, rest.iter().take_while(|c| **c != '\n').count()),
        ['/', '*', ..] => (Part::Comment, block_comment_length(rest)),
        ['"', ..] => (Part::Literal, string_length(rest)),
        // The escaped character may be a quote itself, so the search starts behind it.
        ['\'', '\\', ..] => {
            (Part::Literal, 4 + rest.iter().skip(3).take_while(|c| **c != '\'').count())
        }
        ['\'', _, '\'', ..] => (Part::Literal, 3),
        _ => match raw_string_length(rest) {
            Some(length) => (Part::Literal, length),
            None => (Part::Code, name_length(rest).max(1)),
        },
    }
}

fn name_length(rest: &[char]) -> usize {
    rest.iter().take_while(|c| c.is_alphanumeric() || **c == '_').count()
}

fn block_comment_length(rest: &[char]) -> usize {
    let (mut depth, mut at) = (0_usize, 0_usize);
    while let Some(here) = rest.get(at..).filter(|it| !it.is_empty()) {
        match here {
            ['/', '*', ..] => (depth, at) = (depth + 1, at + 2),
            ['*', '/', ..] => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
        if depth == 0 {
            break;
        }
    }
    at
}

fn string_length(rest: &[char]) -> usize {
    let mut at = 1;
    while let Some(c) = rest.get(at) {
        match c {
            '\\' => at += 2,
            '"' => return at + 1,
            _ => at += 1,
        }
    }
    rest.len()
}

fn raw_string_length(rest: &[char]) -> Option<usize> {
    let prefix: String = rest.iter().take(name_length(rest)).collect();
    if !["r", "br", "cr"].contains(&prefix.as_str()) {
        return None;
    }
    let after_prefix = rest.get(prefix.len()..)?;
    let n_hashes = after_prefix.iter().take_while(|c| **c == '#').count();
    let body = after_prefix.get(n_hashes..)?;
    let ['"', body @ ..] = body else { return None };
    let closing: Vec<char> = iter::once('"').chain(iter::repeat_n('#', n_hashes)).collect();
    let closing_at = body.windows(closing.len()).position(|it| it == closing);
    let body_length = closing_at.map_or(body.len(), |it| it + closing.len());
    Some(prefix.len() + n_hashes + 1 + body_length)
}

#[cfg(test)]
mod tests {
    use super::{Part, only};

    #[track_caller]
    fn check(text: &str, kept: &[Part], expected: &str) {
        assert_eq!(only(text, kept), expected);
    }

    #[test]
    fn a_comment_sign_in_a_string_is_no_comment() {
        check(r#"f("//") // x"#, &[Part::Code], "f(    )     ");
        check(r#"f("//") // x"#, &[Part::Comment], "        // x");
    }

    #[test]
    fn block_comments_nest_and_keep_their_lines() {
        check("a /* b /* c\n */ d */ e", &[Part::Code], "a          \n         e");
    }

    #[test]
    fn raw_strings_end_at_their_own_hashes() {
        check(r###"r#"a"b"# c"###, &[Part::Code], "         c");
    }

    #[test]
    fn a_lifetime_is_code_and_a_quoted_quote_is_a_literal() {
        check(r"&'a x", &[Part::Code], "&'a x");
        check(r"'\'' y", &[Part::Code], "     y");
    }
}
