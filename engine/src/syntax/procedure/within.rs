//! `within`: the term of a deadline.

use crate::syntax::Citation;
use crate::syntax::Script;
use crate::text::Span;
use crate::text::Spanned;

/// `within` as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Within {
    /// One term, `min(a, b)`, `max(a, b)` or `promptly`.
    Term(Spanned<String>),
    /// `{ by = "severity", high = "…", otherwise = "…" }`: a term for each level or choice.
    By {
        /// `severity`, or a field that is a choice. Required.
        by: Option<Spanned<String>>,
        /// The terms, in the order of the file.
        levels: Vec<WithinLevel>,
        /// The term of every other level.
        otherwise: Option<Spanned<String>>,
        /// The table.
        span: Span,
    },
    /// A list of choices: the first that holds. Never empty.
    Choices(Vec<WithinChoice>),
}

/// The term of one level.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WithinLevel {
    /// The level or the choice.
    pub level: Spanned<String>,
    /// Its term.
    pub term: Spanned<String>,
}

/// One entry of a list of choices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WithinChoice {
    /// When it is taken; always, if left out.
    pub when: Option<Script>,
    /// The term. Required.
    pub is: Option<Spanned<String>>,
    /// Where it comes from.
    pub citation: Citation,
    /// The table.
    pub span: Span,
}
