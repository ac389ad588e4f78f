//! `[conditions.X]`: a condition with a sentence for whoever is refused.

use crate::syntax::Citation;
use crate::syntax::Script;
use crate::syntax::table::Table;
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

/// Reads `[conditions.X]`.
pub(crate) fn read(name: Spanned<String>, table: &mut Table<'_, '_>) -> Condition {
    table.requires(&["says", "is"]);
    Condition {
        name,
        says: table.text("says"),
        is: table.script("is"),
        citation: table.citation(),
        span: table.span,
    }
}
