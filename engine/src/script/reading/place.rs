//! From a place inside a decoded string to the bytes of the file it was written in.

use crate::text::FileId;
use crate::text::Span;

/// How a string is written in a TOML file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Quoting {
    /// `"…"` or `"""…"""`: escapes count.
    Basic,
    /// `'…'` or `'''…'''`, or text that stands in a file of its own.
    Literal,
}

/// Where each character of a decoded string is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    file: FileId,
    quoting: Quoting,
    /// For each character: its byte in the decoded string, and its bytes in the file.
    chars: Vec<Written>,
    /// Byte length of the decoded string.
    length: usize,
    /// The byte of the file just after the last character: the closing quote.
    end: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Written {
    decoded: usize,
    start: usize,
    end: usize,
}

impl Place {
    /// The places of a TOML string. `raw` is the whole token with its quotes, `start` the byte of
    /// the file where it begins. The token must be one that a TOML reader has accepted; anything
    /// else gives places that are inside the token but may be the wrong ones.
    #[must_use]
    pub fn of_token(file: FileId, start: usize, raw: &str) -> Self {
        let quoting = if raw.starts_with('"') { Quoting::Basic } else { Quoting::Literal };
        let long = raw.starts_with("\"\"\"") || raw.starts_with("'''");
        let quotes = if long { 3 } else { 1 };
        let body = raw.get(quotes..raw.len().saturating_sub(quotes)).unwrap_or_default();
        let dropped = match body {
            _ if !long => 0,
            _ if body.starts_with("\r\n") => 2,
            _ if body.starts_with('\n') => 1,
            _ => 0,
        };
        let mut place = Self { file, quoting, chars: Vec::new(), length: 0, end: 0 };
        place.fill(body.get(dropped..).unwrap_or_default(), start.saturating_add(quotes + dropped));
        place
    }

    /// The places of text that stands in the file as it is, from this byte on.
    #[must_use]
    pub fn verbatim(file: FileId, start: usize, text: &str) -> Self {
        let quoting = Quoting::Literal;
        let mut place = Self { file, quoting, chars: Vec::new(), length: 0, end: 0 };
        place.fill(text, start);
        place
    }

    fn fill(&mut self, body: &str, start: usize) {
        let mut rest = body;
        while let Some(first) = rest.chars().next() {
            let at = start.saturating_add(body.len() - rest.len());
            let (decoded, taken) = match first {
                '\\' if self.quoting == Quoting::Basic => escape(rest),
                _ => (Some(first), first.len_utf8()),
            };
            if let Some(decoded) = decoded {
                let end = at.saturating_add(taken);
                self.chars.push(Written { decoded: self.length, start: at, end });
                self.length = self.length.saturating_add(decoded.len_utf8());
            }
            rest = rest.get(taken..).unwrap_or_default();
        }
        self.end = start.saturating_add(body.len());
    }

    /// The bytes of the file in which a range of bytes of the decoded string is written. A range
    /// past the end points at the closing quote.
    #[must_use]
    pub fn span(&self, decoded: std::ops::Range<usize>) -> Span {
        let start = self.covering(decoded.start).map_or(self.end, |it| it.start);
        let last = decoded.end.saturating_sub(1);
        let end = if decoded.is_empty() {
            start
        } else {
            self.covering(last).map_or(self.end, |it| it.end)
        };
        Span::new(self.file, start..end.max(start))
    }

    /// The whole string, without its quotes.
    #[must_use]
    pub fn whole(&self) -> Span {
        self.span(0..self.length.max(1))
    }

    /// Text as it must be written to stand inside this string.
    #[must_use]
    pub fn escaped(&self, text: &str) -> String {
        match self.quoting {
            Quoting::Basic => text.replace('\\', "\\\\").replace('"', "\\\""),
            Quoting::Literal => text.to_owned(),
        }
    }

    /// The character that covers a byte of the decoded string.
    fn covering(&self, decoded: usize) -> Option<&Written> {
        if decoded >= self.length {
            return None;
        }
        let index = self.chars.partition_point(|it| it.decoded <= decoded);
        self.chars.get(index.checked_sub(1)?)
    }
}

/// What an escape stands for and how many bytes it takes; no character for a continued line.
fn escape(rest: &str) -> (Option<char>, usize) {
    let code = |digits: usize| {
        let hex = rest.get(2..2usize.saturating_add(digits)).unwrap_or_default();
        let decoded = u32::from_str_radix(hex, 16).ok().and_then(char::from_u32);
        (Some(decoded.unwrap_or(char::REPLACEMENT_CHARACTER)), 2 + hex.len())
    };
    match rest.chars().nth(1) {
        None => (Some('\\'), 1),
        Some('x') => code(2),
        Some('u') => code(4),
        Some('U') => code(8),
        Some('\n' | '\r' | ' ' | '\t') => {
            let after = rest.get(1..).unwrap_or_default();
            let text = after.trim_start_matches([' ', '\t', '\r', '\n']);
            (None, rest.len() - text.len())
        }
        // All other escapes stand for one ASCII character.
        Some(escaped) => (Some('\n'), 1 + escaped.len_utf8()),
    }
}

/// A string of a protocol file: what it says, and where each part of it is written.
#[derive(Clone, Copy, Debug)]
pub struct Located<'a> {
    /// The decoded text.
    pub text: &'a str,
    /// Where it is written.
    pub place: &'a Place,
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Finds `part` in the decoded text of the TOML token and expects it to be written as
    /// `written` in the file.
    #[track_caller]
    fn check(token: &str, part: &str, written: &str) {
        let file = format!("when = {token}\n");
        let table = file.parse::<toml::Table>().unwrap();
        let text = table["when"].as_str().unwrap();
        let place = Place::of_token(FileId(0), 7, token);
        let start = text.find(part).unwrap();
        let span = place.span(start..start + part.len());
        assert_eq!(file.get(span.range()), Some(written));
    }

    #[test]
    fn a_part_of_any_kind_of_string_is_found_in_the_file() {
        check("\"a == b\"", "b", "b");
        check("'a == \"x\"'", "\"x\"", "\"x\"");
        check("\"a == \\\"x\\\"\"", "\"x\"", "\\\"x\\\"");
        check("\"\"\"\n  a == b\"\"\"", "a", "a");
        check("'''\na == b'''", "a == b", "a == b");
        check("\"\"\"\r\na == b\"\"\"", "a", "a");
        check("\"é\\u0061b \\U0001F600 c\"", "b", "b");
        check("\"é\\u0061b \\U0001F600 c\"", "c", "c");
        check("\"ab\\u0063\"", "abc", "ab\\u0063");
        check("\"\\t\\\\a\"", "a", "a");
        check("\"\"\"a &&\\\n     b\"\"\"", "b", "b");
        check("\"\"\"a && \\  \n\n   b\"\"\"", "a && ", "a && ");
        check("\"\\x41\\e+b\"", "b", "b");
    }

    #[test]
    fn what_is_past_the_end_points_at_the_closing_quote() {
        let place = Place::of_token(FileId(0), 10, "'ab'");
        assert_eq!(place.span(2..3).range(), 13..13);
        assert_eq!(place.whole().range(), 11..13);
    }

    #[test]
    fn a_replacement_is_escaped_for_the_kind_of_string() {
        assert_eq!(Place::of_token(FileId(0), 0, "\"a\"").escaped("\"x\""), "\\\"x\\\"");
        assert_eq!(Place::of_token(FileId(0), 0, "'a'").escaped("\"x\""), "\"x\"");
    }
}
