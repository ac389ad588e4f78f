//! `[retention.X]`: how long personal values are kept.

use crate::syntax::table::Table;
use crate::syntax::{Citation, Names, Script};
use crate::text::Span;
use crate::text::Spanned;

/// `[retention.X]` as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Retention {
    /// Its name.
    pub name: Spanned<String>,
    /// The fields it is about, or `personal` for all that are.
    pub what: Names,
    /// How long they are kept.
    pub keep: Option<Spanned<String>>,
    /// The point from which that counts.
    pub after: Option<Spanned<String>>,
    /// The condition while which nothing is erased.
    pub hold_while: Option<Script>,
    /// Where it comes from.
    pub citation: Citation,
    /// The name of the table.
    pub span: Span,
}

/// Reads `[retention.X]`.
pub(crate) fn read(name: Spanned<String>, table: &mut Table<'_, '_>) -> Retention {
    table.requires(&["what", "keep", "after"]);
    Retention {
        name,
        what: table.some_names("what"),
        keep: table.text("keep"),
        after: table.name("after"),
        hold_while: table.script("hold_while"),
        citation: table.citation(),
        span: table.span,
    }
}
