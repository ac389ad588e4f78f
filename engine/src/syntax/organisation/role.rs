//! `[roles.X]`: who acts.

use crate::syntax::Script;
use crate::syntax::table::Table;
use crate::text::Span;
use crate::text::Spanned;

/// `[roles.X]` as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Role {
    /// Its name.
    pub name: Spanned<String>,
    /// Its name for people. Required.
    pub title: Option<Spanned<String>>,
    /// The role that stands in for it.
    pub deputy: Option<Spanned<String>>,
    /// Whether it is outside the organisation.
    pub external: bool,
    /// Whether only this role reads what it records.
    pub confidential: bool,
    /// The calendar during whose hours it is told; at any hour where none is named.
    pub told: Option<Spanned<String>>,
    /// The condition under which it is told at once in any case.
    pub at_once: Option<Script>,
    /// How to reach it.
    pub contact: Option<Spanned<String>>,
    /// The name of the table.
    pub span: Span,
}

/// Reads `[roles.X]`.
pub(crate) fn read(name: Spanned<String>, table: &mut Table<'_, '_>) -> Role {
    table.requires(&["title"]);
    Role {
        name,
        title: table.text("title"),
        deputy: table.name("deputy"),
        external: table.flag("external"),
        confidential: table.flag("confidential"),
        told: table.name("told"),
        at_once: table.script("at_once"),
        contact: table.text("contact"),
        span: table.span,
    }
}
