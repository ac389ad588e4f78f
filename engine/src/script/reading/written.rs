//! A condition as it stands in the file: its tokens, which bracket closes which, and the way back
//! from a position that rhai gives to the bytes of the file.

use crate::script::Located;
use crate::script::reading::token;
use crate::script::reading::token::Token;
use crate::text::Span;

/// Tokens from `first` to `last`, both included, by their numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Extent {
    pub(crate) first: usize,
    pub(crate) last: usize,
}

impl Extent {
    /// One token.
    pub(crate) const fn one(token: usize) -> Self {
        Self { first: token, last: token }
    }

    /// From the start of this to the end of another.
    pub(crate) fn to(self, other: Self) -> Self {
        Self { first: self.first.min(other.first), last: self.last.max(other.last) }
    }
}

/// A condition or script in its file.
#[derive(Debug)]
pub(crate) struct Written<'a> {
    located: Located<'a>,
    tokens: Vec<Token<'a>>,
    pairs: Vec<Option<usize>>,
}

impl<'a> Written<'a> {
    /// Splits a text.
    pub(crate) fn new(located: Located<'a>) -> Self {
        let tokens = token::tokens(located.text);
        let pairs = token::pairs(&tokens);
        Self { located, tokens, pairs }
    }

    /// The text as it is in its place.
    pub(crate) const fn located(&self) -> Located<'a> {
        self.located
    }

    /// All tokens.
    pub(crate) fn tokens(&self) -> &[Token<'a>] {
        &self.tokens
    }

    /// The token with this number.
    pub(crate) fn token(&self, index: usize) -> Option<&Token<'a>> {
        self.tokens.get(index)
    }

    /// Whether the token with this number is this sign.
    pub(crate) fn is_sign(&self, index: usize, sign: &str) -> bool {
        self.token(index).is_some_and(|it| it.is_sign(sign))
    }

    /// The bracket that belongs to a bracket.
    pub(crate) fn pair(&self, index: usize) -> Option<usize> {
        self.pairs.get(index).copied().flatten()
    }

    /// The first token from `from` on that satisfies `wanted`.
    pub(crate) fn find(&self, from: usize, wanted: impl Fn(&Token<'a>) -> bool) -> Option<usize> {
        let rest = self.tokens.get(from..)?;
        rest.iter().position(wanted).map(|at| from.saturating_add(at))
    }

    /// The byte of the text that rhai means; the length of the text for a position past the end.
    pub(crate) fn offset(&self, position: rhai::Position) -> usize {
        let text = self.located.text;
        let Some(line) = position.line() else {
            return text.len();
        };
        let breaks = text.match_indices('\n').map(|(at, _)| at.saturating_add(1));
        let start = std::iter::once(0).chain(breaks).nth(line.saturating_sub(1));
        let Some((start, rest)) = start.and_then(|at| Some((at, text.get(at..)?))) else {
            return text.len();
        };
        let column = position.position().unwrap_or(1).saturating_sub(1);
        rest.char_indices().nth(column).map_or(text.len(), |(at, _)| start.saturating_add(at))
    }

    /// The token at a position that rhai gives.
    pub(crate) fn at(&self, position: rhai::Position) -> usize {
        let offset = self.offset(position);
        self.tokens.partition_point(|it| it.start <= offset).saturating_sub(1)
    }

    /// The place of what stands at a position that rhai gives; the end when nothing stands there.
    pub(crate) fn span_at(&self, position: rhai::Position) -> Span {
        let offset = self.offset(position);
        if offset >= self.located.text.trim_end().len() {
            return self.located.place.span(offset..offset.saturating_add(1));
        }
        self.token_span(self.at(position))
    }

    /// The place of one token.
    pub(crate) fn token_span(&self, index: usize) -> Span {
        self.span(Extent::one(index))
    }

    /// The place of some tokens.
    pub(crate) fn span(&self, extent: Extent) -> Span {
        self.located.place.span(self.range(extent))
    }

    /// Some tokens as they are written.
    pub(crate) fn text(&self, extent: Extent) -> &'a str {
        self.located.text.get(self.range(extent)).unwrap_or_default()
    }

    /// The bytes of some tokens in the condition.
    pub(crate) fn range(&self, extent: Extent) -> std::ops::Range<usize> {
        let start = self.token(extent.first).map_or(0, |it| it.start);
        let end = self.token(extent.last).map_or(start, |it| it.range().end);
        start..end.max(start)
    }

    /// What is written at a place of the file.
    pub(crate) fn text_at(&self, span: Span) -> &'a str {
        let starts = |index: &usize| self.token_span(*index).start >= span.start;
        let ends = |index: &usize| self.token_span(*index).end >= span.end;
        let all = 0..self.tokens.len();
        match (all.clone().find(starts), all.clone().find(ends)) {
            (Some(first), Some(last)) => self.text(Extent { first, last }),
            _ => "",
        }
    }

    /// The smallest extent around some tokens in which every bracket has its partner.
    pub(crate) fn balanced(&self, mut extent: Extent) -> Extent {
        let mut left = extent.first;
        while left <= extent.last {
            if let Some(other) = self.pair(left) {
                if other < extent.first {
                    extent.first = other;
                    left = other;
                }
                extent.last = extent.last.max(other);
            }
            left = left.saturating_add(1);
        }
        extent
    }
}
