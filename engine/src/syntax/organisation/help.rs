//! `[help.X]`: help from outside that is on call.

use crate::syntax::Citation;
use crate::syntax::table::Table;
use crate::text::Span;
use crate::text::Spanned;

/// `[help.X]` as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Help {
    /// Its name.
    pub name: Spanned<String>,
    /// Its name for people. Required.
    pub title: Option<Spanned<String>>,
    /// What kind of help it is.
    pub kind: Option<Spanned<String>>,
    /// How to reach it. Required.
    pub contact: Option<Spanned<String>>,
    /// Where it comes from.
    pub citation: Citation,
    /// The name of the table.
    pub span: Span,
}

/// Reads `[help.X]`.
pub(crate) fn read(name: Spanned<String>, table: &mut Table<'_, '_>) -> Help {
    table.requires(&["title", "contact"]);
    Help {
        name,
        title: table.text("title"),
        kind: table.text("kind"),
        contact: table.text("contact"),
        citation: table.citation(),
        span: table.span,
    }
}
