//! `[intake.X]`: as what something is taken in.

use crate::syntax::Citation;
use crate::syntax::Names;
use crate::syntax::table::Table;
use crate::text::Span;
use crate::text::Spanned;

/// `[intake.X]` as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Intake {
    /// Its name.
    pub name: Spanned<String>,
    /// Its name for people. Required.
    pub title: Option<Spanned<String>>,
    /// The stage in which such a case begins, where that is not the start of the protocol.
    pub start: Option<Spanned<String>>,
    /// Whether it must say who complains.
    pub complainant: bool,
    /// Fields that it must bring besides those of every case.
    pub required: Names,
    /// What the event `converted` makes of it.
    pub becomes: Option<Spanned<String>>,
    /// Where it comes from.
    pub citation: Citation,
    /// The name of the table.
    pub span: Span,
}

/// Reads `[intake.X]`.
pub(crate) fn read(name: Spanned<String>, table: &mut Table<'_, '_>) -> Intake {
    table.requires(&["title"]);
    Intake {
        name,
        title: table.text("title"),
        start: table.name("start"),
        complainant: table.flag("complainant"),
        required: table.names("required"),
        becomes: table.name("becomes"),
        citation: table.citation(),
        span: table.span,
    }
}
