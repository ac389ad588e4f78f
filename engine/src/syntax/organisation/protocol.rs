//! `[protocol]`: which protocol this is.

use crate::syntax::Citation;
use crate::syntax::Moment;
use crate::syntax::Names;
use crate::syntax::table::Table;
use crate::text::Span;
use crate::text::Spanned;

/// `[protocol]` as written. A required key that is `None` has been reported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Protocol {
    /// Its short name. Required.
    pub id: Option<Spanned<String>>,
    /// Its name for people. Required.
    pub title: Option<Spanned<String>>,
    /// Its version, in any form. Required.
    pub version: Option<Spanned<String>>,
    /// The language of its texts. Required.
    pub language: Option<Spanned<String>>,
    /// Further languages that its letters are written in.
    pub languages: Names,
    /// The IANA name of the zone that its dates are in. Required.
    pub zone: Option<Spanned<String>>,
    /// The calendar of every deadline that names no other.
    pub calendar: Option<Spanned<String>>,
    /// The cases that it governs, by instant of receipt. Required.
    pub effective: Option<Effective>,
    /// The role that answers for the protocol itself. Required.
    pub accountable: Option<Spanned<String>>,
    /// How cases are numbered: `SB-{year}-{number:5}`.
    pub ticket: Option<Spanned<String>>,
    /// The source of every rule that names no other.
    pub citation: Citation,
    /// The header.
    pub span: Span,
}

/// `effective = { from, to }`: the receipts that a protocol governs, both ends included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Effective {
    /// The first day or instant of receipt. Required.
    pub from: Option<Spanned<Moment>>,
    /// The last day or instant of receipt; without it the protocol has no end.
    pub to: Option<Spanned<Moment>>,
    /// The table.
    pub span: Span,
}

/// Reads `[protocol]`.
pub(crate) fn read(table: &mut Table<'_, '_>) -> Protocol {
    table.requires(&["id", "title", "version", "language", "zone", "effective", "accountable"]);
    let id = table.name("id");
    Protocol {
        id: id.map(|id| table.declared(&id.value, id.span)),
        title: table.text("title"),
        version: table.text("version"),
        language: table.text("language"),
        languages: table.names("languages"),
        zone: table.text("zone"),
        calendar: table.name("calendar"),
        effective: table.table("effective", read_effective),
        accountable: table.name("accountable"),
        ticket: table.text("ticket"),
        citation: table.citation(),
        span: table.span,
    }
}

fn read_effective(table: &mut Table<'_, '_>) -> Effective {
    table.requires(&["from"]);
    Effective { from: table.moment("from"), to: table.moment("to"), span: table.span }
}
