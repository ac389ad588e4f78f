//! The words and signs of a condition with their places. rhai says where things start; these
//! tokens say where they end.

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TokenKind {
    /// A name or a word of the language.
    Word,
    /// Digits.
    Number,
    /// `"…"`, closed or not.
    Text,
    /// `` `…` ``, closed or not.
    Backtick,
    /// `'…'`, closed or not.
    Quote,
    /// Anything else.
    Sign,
}

/// One token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Token<'t> {
    /// What it is.
    pub(crate) kind: TokenKind,
    /// As it is written.
    pub(crate) text: &'t str,
    /// Its first byte in the condition.
    pub(crate) start: usize,
}

impl Token<'_> {
    /// Its bytes in the condition.
    pub(crate) const fn range(&self) -> std::ops::Range<usize> {
        self.start..self.start.saturating_add(self.text.len())
    }

    /// Whether it is this sign.
    pub(crate) fn is_sign(&self, sign: &str) -> bool {
        self.kind == TokenKind::Sign && self.text == sign
    }
}

/// Signs of more than one character, longer ones first.
const LONG_SIGNS: [&str; 30] = [
    "===", "!==", "<<=", ">>=", "**=", "..=", "...", "==", "!=", "<=", ">=", "=>", "=<", "<>",
    "&&", "||", "??", "?.", "?[", "::", "..", "+=", "-=", "*=", "/=", "%=", "**", "<<", ">>", "#{",
];

/// Splits a text into tokens, leaving out white space and comments. Never fails: what nobody
/// knows is a sign.
pub(crate) fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut found = Vec::new();
    let mut start = 0;
    while let Some(rest) = text.get(start..).filter(|rest| !rest.is_empty()) {
        let (kind, length) = first(rest);
        if let (Some(kind), Some(text)) = (kind, rest.get(..length)) {
            found.push(Token { kind, text, start });
        }
        start = start.saturating_add(length.max(1));
        start = text.ceil_char_boundary(start);
    }
    found
}

/// The kind and length in bytes of what a text starts with; no kind for space and comments.
fn first(rest: &str) -> (Option<TokenKind>, usize) {
    let until = |end: fn(char) -> bool| rest.find(end).unwrap_or(rest.len());
    let Some(character) = rest.chars().next() else {
        return (None, 0);
    };
    match character {
        _ if character.is_whitespace() => (None, until(|it| !it.is_whitespace())),
        '/' if rest.starts_with("//") => (None, until(|it| it == '\n')),
        '/' if rest.starts_with("/*") => (None, block_comment(rest)),
        '"' => (Some(TokenKind::Text), quoted(rest, '"')),
        '`' => (Some(TokenKind::Backtick), quoted(rest, '`')),
        '\'' => (Some(TokenKind::Quote), quoted(rest, '\'')),
        '0'..='9' => (Some(TokenKind::Number), number(rest)),
        _ if character.is_alphanumeric() || character == '_' => {
            (Some(TokenKind::Word), until(|it| !it.is_alphanumeric() && it != '_'))
        }
        _ => {
            let long = LONG_SIGNS.iter().find(|sign| rest.starts_with(**sign));
            (Some(TokenKind::Sign), long.map_or(character.len_utf8(), |sign| sign.len()))
        }
    }
}

fn quoted(rest: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, character) in rest.char_indices().skip(1) {
        if escaped {
            escaped = false;
        } else if character == '\\' {
            escaped = true;
        } else if character == quote {
            return at.saturating_add(quote.len_utf8());
        }
    }
    rest.len()
}

fn number(rest: &str) -> usize {
    let digits = |it: char| it.is_ascii_alphanumeric() || it == '_';
    let whole = rest.find(|it| !digits(it)).unwrap_or(rest.len());
    let after = rest.get(whole..).and_then(|it| it.strip_prefix('.'));
    match after {
        Some(after) if after.starts_with(|it: char| it.is_ascii_digit()) => {
            let part = after.find(|it| !digits(it)).unwrap_or(after.len());
            whole.saturating_add(1).saturating_add(part)
        }
        _ => whole,
    }
}

fn block_comment(rest: &str) -> usize {
    let mut depth = 0u32;
    let mut at = 0;
    while let Some(left) = rest.get(at..).filter(|left| !left.is_empty()) {
        if left.starts_with("/*") {
            depth = depth.saturating_add(1);
            at += 2;
        } else if left.starts_with("*/") {
            depth = depth.saturating_sub(1);
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += left.chars().next().map_or(1, char::len_utf8);
        }
    }
    rest.len()
}

/// For each token, the bracket that belongs to it, if it is one and has one.
pub(crate) fn pairs(tokens: &[Token<'_>]) -> Vec<Option<usize>> {
    let mut pairs = vec![None; tokens.len()];
    let mut open: Vec<(usize, &str)> = Vec::new();
    for (index, token) in tokens.iter().enumerate().filter(|(_, it)| it.kind == TokenKind::Sign) {
        let closes = match token.text {
            "(" => Some(")"),
            "[" | "?[" => Some("]"),
            "{" | "#{" => Some("}"),
            _ => None,
        };
        if let Some(closes) = closes {
            open.push((index, closes));
        } else if let Some((start, _)) = open.pop_if(|(_, closes)| *closes == token.text) {
            set(&mut pairs, start, index);
            set(&mut pairs, index, start);
        }
    }
    pairs
}

fn set(pairs: &mut [Option<usize>], at: usize, other: usize) {
    if let Some(slot) = pairs.get_mut(at) {
        *slot = Some(other);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let found: Vec<&str> = tokens(text).iter().map(|it| it.text).collect();
        assert_eq!(found, expected, "in {text:?}");
    }

    #[test]
    fn words_numbers_texts_and_signs_are_told_apart() {
        check("a>=3&&!b.c", &["a", ">=", "3", "&&", "!", "b", ".", "c"]);
        check("x in [-1.50, \"a\\\" b\"]", &["x", "in", "[", "-", "1.50", ",", "\"a\\\" b\"", "]"]);
        check("a /* b /* c */ d */ e // f\ng", &["a", "e", "g"]);
        check("'it' `x", &["'it'", "`x"]);
        check("1..2 größe \u{202e}", &["1", "..", "2", "größe", "\u{202e}"]);
    }

    #[test]
    fn brackets_find_each_other() {
        let tokens = tokens("f(a[1]) }");
        assert_eq!(pairs(&tokens), [None, Some(6), None, Some(5), None, Some(3), Some(1), None]);
    }
}
