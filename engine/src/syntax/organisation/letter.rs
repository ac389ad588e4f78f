//! `[letters]`: documents to a party, and what they must state.

use crate::syntax::Citation;
use crate::syntax::Names;
use crate::syntax::table::Table;
use crate::text::Span;
use crate::text::Spanned;

/// One entry of `[letters]` as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// Its name, which is also the name of its template.
    pub name: Spanned<String>,
    /// Its name for people.
    pub title: Option<Spanned<String>>,
    /// Who it is for. Required; empty has been reported.
    pub to: Names,
    /// Who receives a copy.
    pub copy: Names,
    /// What its text must state: fields, `ticket`, `reason`, `deadline.D.due`, `handler.title`,
    /// `texts.X`.
    pub states: Names,
    /// How it is set out.
    pub form: Option<Spanned<String>>,
    /// The channel that it leaves by.
    pub channel: Option<Spanned<String>>,
    /// The rule that demands it.
    pub citation: Citation,
    /// The name of the entry.
    pub span: Span,
}

/// Reads one entry of `[letters]`.
pub(crate) fn read(name: Spanned<String>, table: &mut Table<'_, '_>) -> Letter {
    table.requires(&["to"]);
    Letter {
        name,
        title: table.text("title"),
        to: table.some_names("to"),
        copy: table.names("copy"),
        states: table.names("states"),
        form: table.name("form"),
        channel: table.name("channel"),
        citation: table.citation(),
        span: table.span,
    }
}
