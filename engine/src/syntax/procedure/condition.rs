//! `[conditions.X]`: a condition with a sentence for whoever is refused.

use crate::syntax::Citation;
use crate::syntax::Script;
use crate::text::Span;
use crate::text::Spanned;

/// `[conditions.X]` as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    /// Its name.
    pub name: Spanned<String>,
    /// The sentence. Required.
    pub says: Option<Spanned<String>>,
    /// When it holds. Required.
    pub is: Option<Script>,
    /// Where it comes from.
    pub citation: Citation,
    /// The name of the table.
    pub span: Span,
}
