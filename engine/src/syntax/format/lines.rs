//! From text to lines without the blanks that mean nothing.

use toml_parser::Source;
use toml_parser::lexer::{Token, TokenKind};

use crate::syntax::format::line::{Comment, Line, LineKind};

/// The lines of a text that can be read.
pub(super) fn of(text: &str) -> Vec<Line<'_>> {
    let tokens = Source::new(text).lex().into_vec();
    let mut lines = Vec::new();
    let mut depth = 0usize;
    for tokens in tokens.split(|it| it.kind() == TokenKind::Newline) {
        let line = line(text, tokens, &mut depth);
        if is_wanted(&lines, &line) {
            if is_apart(&lines, &line) {
                lines.push(blank());
            }
            lines.push(line);
        }
    }
    while lines.last().is_some_and(is_blank) {
        lines.pop();
    }
    lines
}

/// Whether a line stays: of several blank ones the first, and none at the beginning.
fn is_wanted(before: &[Line<'_>], line: &Line<'_>) -> bool {
    !is_blank(line) || before.last().is_some_and(|it| !is_blank(it))
}

/// Whether a blank line belongs before this one.
fn is_apart(before: &[Line<'_>], line: &Line<'_>) -> bool {
    let follows = before.last().is_some_and(|it| !is_blank(it) && it.kind != LineKind::Comment);
    line.kind == LineKind::Header && follows
}

fn is_blank(line: &Line<'_>) -> bool {
    line.key.is_empty() && line.body.is_empty() && line.comment.is_none()
}

fn blank() -> Line<'static> {
    let (key, body, comment) = (String::new(), String::new(), None);
    Line { kind: LineKind::Blank, key, body, comment, depth: 0 }
}

fn written<'t>(text: &'t str, token: &Token) -> &'t str {
    text.get(token.span().start()..token.span().end()).unwrap_or_default()
}

/// One line of tokens. `depth` is how many lists and tables are open, before it and then after it.
fn line<'t>(text: &'t str, tokens: &[Token], depth: &mut usize) -> Line<'t> {
    let comment = tokens.iter().find(|it| it.kind() == TokenKind::Comment);
    let comment = comment.map(|it| Comment {
        text: written(text, it).trim_end(),
        column: column(text, it.span().start()),
    });
    let is_other = |it: &&Token| !matches!(it.kind(), TokenKind::Comment | TokenKind::Eof);
    let rest: Vec<Token> = tokens.iter().filter(is_other).copied().collect();
    let seen = || rest.iter().filter(|it| it.kind() != TokenKind::Whitespace);
    let first = seen().next().map(Token::kind);
    let mut line = Line { comment, ..blank() };
    line.kind = match (*depth, first) {
        (1.., _) => LineKind::Inner,
        (0, None) if comment.is_some() => LineKind::Comment,
        (0, None) => LineKind::Blank,
        (0, Some(TokenKind::LeftSquareBracket)) => LineKind::Header,
        (0, Some(_)) => LineKind::Entry,
    };
    let n_closed = seen().take_while(|it| closes(it.kind())).count();
    line.depth = depth.saturating_sub(n_closed);
    let is_equals = |it: &Token| it.kind() == TokenKind::Equals;
    let (key, value) = match (line.kind, rest.iter().position(is_equals)) {
        (LineKind::Entry, Some(at)) => rest.split_at(at),
        _ => (&[][..], rest.as_slice()),
    };
    let dense = |tokens: &[Token]| -> String {
        let seen = tokens.iter().filter(|it| it.kind() != TokenKind::Whitespace);
        seen.map(|it| written(text, it)).collect()
    };
    line.key = dense(key);
    line.body = match line.kind {
        LineKind::Header => dense(value),
        LineKind::Entry => spaced(text, value.get(1..).unwrap_or_default(), depth),
        _ => spaced(text, value, depth),
    };
    line
}

/// The column of a place, in characters from 0.
fn column(text: &str, at: usize) -> usize {
    let before = text.get(..at).unwrap_or_default();
    before.rsplit('\n').next().unwrap_or_default().chars().count()
}

const fn opens(kind: TokenKind) -> bool {
    matches!(kind, TokenKind::LeftSquareBracket | TokenKind::LeftCurlyBracket)
}

const fn closes(kind: TokenKind) -> bool {
    matches!(kind, TokenKind::RightSquareBracket | TokenKind::RightCurlyBracket)
}

/// A value, or a line of one, with one blank where one belongs. A comma before the end of a list
/// or table goes where both ends stand on this line.
fn spaced(text: &str, tokens: &[Token], depth: &mut usize) -> String {
    let mut shown = String::new();
    let mut before: Option<TokenKind> = None;
    let mut was_blank = false;
    let mut n_open = 0usize;
    for token in tokens {
        let kind = token.kind();
        if kind == TokenKind::Whitespace {
            was_blank = true;
            continue;
        }
        if opens(kind) {
            (n_open, *depth) = (n_open.saturating_add(1), depth.saturating_add(1));
        }
        if closes(kind) {
            if n_open > 0 && before == Some(TokenKind::Comma) {
                shown.truncate(shown.trim_end_matches([',', ' ']).len());
            }
            (n_open, *depth) = (n_open.saturating_sub(1), depth.saturating_sub(1));
        }
        if before.is_some_and(|before| has_blank(before, kind, was_blank)) {
            shown.push(' ');
        }
        shown.push_str(written(text, token));
        (before, was_blank) = (Some(kind), false);
    }
    shown
}

/// Whether a blank stands between two tokens of a value.
const fn has_blank(before: TokenKind, kind: TokenKind, was_blank: bool) -> bool {
    use TokenKind::{
        Comma, Dot, Equals, LeftCurlyBracket, LeftSquareBracket, RightCurlyBracket,
        RightSquareBracket,
    };
    match (before, kind) {
        (LeftCurlyBracket, RightCurlyBracket) | (_, Comma | Dot | RightSquareBracket) => false,
        (LeftSquareBracket | Dot, _) => false,
        (LeftCurlyBracket | Comma | Equals, _) | (_, RightCurlyBracket | Equals) => true,
        // A date and its time are two.
        _ => was_blank,
    }
}
