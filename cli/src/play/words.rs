//! A line of a play as words.

use engine::syntax::first_hidden;

use crate::unusable::Unusable;

/// A word of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Word {
    /// What it says, without quotes.
    pub text: String,
    /// Where an unquoted `=` stands, which divides a name from its value.
    pub equals: Option<usize>,
    /// Whether it is quoted from its start: then it is a text, and no word of a command.
    pub is_quoted: bool,
}

impl Word {
    /// A word that somebody gave as one: the blanks and quotes in it are its own.
    pub(crate) fn of(text: &str) -> Self {
        Self { text: text.to_owned(), equals: text.find('='), is_quoted: false }
    }

    /// The word, where it is no quoted text.
    pub(crate) fn plain(&self) -> Option<&str> {
        (!self.is_quoted).then_some(self.text.as_str())
    }

    /// The name and the value of `name=value`.
    pub(crate) fn pair(&self) -> Option<(&str, &str)> {
        let (name, rest) = self.text.split_at_checked(self.equals?)?;
        Some((name, rest.get(1..)?))
    }
}

/// The words of a line. Quotes hold a text together; in them `\"`, `\\` and `\n` stand for a
/// quote, a backslash and a line break. What follows `#` at the start of a word is left out.
///
/// # Errors
/// A quote is not closed, or the line holds a character that nobody can see.
pub(crate) fn words(line: &str) -> Result<Vec<Word>, Unusable> {
    if let Some(hidden) = first_hidden(line.trim_end()) {
        let number = format!("U+{:04X}", u32::from(hidden));
        let what = format!("the line holds a character that nobody can see ({number})");
        return Err(Unusable::new(what).help("write it again without that"));
    }
    let mut words = Vec::new();
    let mut rest = line.chars().peekable();
    loop {
        while rest.next_if(|it| it.is_whitespace()).is_some() {}
        match rest.peek() {
            None | Some('#') => return Ok(words),
            Some(first) => {
                let is_quoted = *first == '"';
                let mut word = Word { text: String::new(), equals: None, is_quoted };
                read(&mut rest, &mut word)?;
                words.push(word);
            }
        }
    }
}

fn read(
    rest: &mut std::iter::Peekable<std::str::Chars<'_>>,
    word: &mut Word,
) -> Result<(), Unusable> {
    while let Some(it) = rest.next_if(|it| !it.is_whitespace()) {
        match it {
            '"' => quoted(rest, &mut word.text)?,
            '=' if word.equals.is_none() && !word.is_quoted => {
                word.equals = Some(word.text.len());
                word.text.push(it);
            }
            _ => word.text.push(it),
        }
    }
    Ok(())
}

fn quoted(
    rest: &mut std::iter::Peekable<std::str::Chars<'_>>,
    text: &mut String,
) -> Result<(), Unusable> {
    loop {
        match (rest.next(), rest.peek()) {
            (None, _) => {
                let what = "a quote is opened and not closed";
                return Err(Unusable::new(what).help("end the text with `\"`"));
            }
            (Some('"'), _) => return Ok(()),
            (Some('\\'), Some('n')) => {
                rest.next();
                text.push('\n');
            }
            (Some('\\'), Some(it @ ('"' | '\\'))) => {
                text.push(*it);
                rest.next();
            }
            (Some(it), _) => text.push(it),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Checks the words of a line: quoted ones in brackets, the value of a pair after a blank.
    #[track_caller]
    fn check(line: &str, expected: &str) {
        let shown = match words(line) {
            Ok(words) => {
                let shown = words.iter().map(|it| match (it.is_quoted, it.pair()) {
                    (true, _) => format!("[{}]", it.text),
                    (false, Some((name, value))) => format!("{name} -> {value}"),
                    (false, None) => it.text.clone(),
                });
                shown.collect::<Vec<_>>().join(" | ")
            }
            Err(error) => error.in_one_line(),
        };
        assert_eq!(shown, expected, "{line}");
    }

    #[test]
    fn a_line_is_divided_at_blanks_outside_quotes() {
        check("", "");
        check("  # nothing here", "");
        check("wait 3 working days # a comment", "wait | 3 | working | days");
        check(
            r#"sent by agent cause="late parcel" x"#,
            "sent | by | agent | cause -> late parcel | x",
        );
        check(r#"because "a \"b\" = \\ \n#""#, "because | [a \"b\" = \\ \n#]");
        check("a=b=c #x", "a -> b=c");
        check("a==", "a -> =");
        check("issue#4", "issue#4");
    }

    #[test]
    fn a_line_that_cannot_be_read_says_why() {
        check(r#"because "never ends"#, "a quote is opened and not closed; end the text with `\"`");
        let hidden = "the line holds a character that nobody can see";
        let help = "write it again without that";
        check("a\0b", &format!("{hidden} (U+0000); {help}"));
        check("a \u{202e}b", &format!("{hidden} (U+202E); {help}"));
    }
}
