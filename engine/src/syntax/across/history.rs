//! `[history]`: what a person's earlier cases say.

use crate::syntax::table::Table;
use crate::syntax::{Citation, Script};
use crate::text::Span;

/// `[history]` as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct History {
    /// When another case counts as upheld. Required.
    pub upheld: Option<Script>,
    /// Where it comes from.
    pub citation: Citation,
    /// The header.
    pub span: Span,
}

/// Reads `[history]`.
pub(crate) fn read(table: &mut Table<'_, '_>) -> History {
    table.requires(&["upheld"]);
    History { upheld: table.script("upheld"), citation: table.citation(), span: table.span }
}
