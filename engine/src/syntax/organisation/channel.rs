//! `[channels]`: the ways an event can reach the organisation.

use crate::syntax::table::Table;
use crate::text::Span;
use crate::text::Spanned;

/// One entry of `[channels]` as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Channel {
    /// Its name.
    pub name: Spanned<String>,
    /// Its name for people. Required.
    pub title: Option<Spanned<String>>,
    /// Whether what comes this way is in writing.
    pub written: bool,
    /// The name of the entry.
    pub span: Span,
}

/// Reads one entry of `[channels]`.
pub(crate) fn read(name: Spanned<String>, table: &mut Table<'_, '_>) -> Channel {
    table.requires(&["title"]);
    Channel { name, title: table.text("title"), written: table.flag("written"), span: table.span }
}
