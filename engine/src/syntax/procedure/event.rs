//! `[events]`: what somebody can report.

use crate::syntax::Citation;
use crate::syntax::Names;
use crate::syntax::table::Table;
use crate::text::Span;
use crate::text::Spanned;

/// One entry of `[events]` as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// Its name.
    pub name: Spanned<String>,
    /// Its name for people.
    pub title: Option<Spanned<String>>,
    /// Whose act it is: roles, `complainant`, `respondent`, `system`, `@handler`, `@owner`.
    /// Required but of built-in events; empty has been reported.
    pub by: Names,
    /// The roles that may enter it for them.
    pub entered_by: Names,
    /// The fields that it brings.
    pub carries: Vec<Carried>,
    /// Whether it must state a reason.
    pub reason: bool,
    /// Whether it must come by a written channel.
    pub written: bool,
    /// The conditions that must hold.
    pub requires: Names,
    /// Who may not report it: `respondent`, `rung:R`, `event:E`.
    pub not_by: Names,
    /// Advice for whoever does it.
    pub guide: Option<Spanned<String>>,
    /// Where it comes from.
    pub citation: Citation,
    /// The name of the entry.
    pub span: Span,
}

/// A field that an event brings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Carried {
    /// The field, without the question mark.
    pub field: Spanned<String>,
    /// Whether the event may leave it out (`field?`).
    pub optional: bool,
}

/// The events that the accountable role reports where nothing else is said.
const WITHOUT_BY: [&str; 6] =
    ["merged", "split", "linked", "converted", "letter_failed", "corrected"];

/// Reads one entry of `[events]`.
pub(crate) fn read(name: Spanned<String>, table: &mut Table<'_, '_>) -> Event {
    table.requires_unless(&name.value, &WITHOUT_BY, &["by"]);
    Event {
        name,
        title: table.text("title"),
        by: table.some_names("by"),
        entered_by: table.names("entered_by"),
        carries: table.names("carries").into_iter().map(carried).collect(),
        reason: table.flag("reason"),
        written: table.flag("written"),
        requires: table.names("requires"),
        not_by: table.names("not_by"),
        guide: table.text("guide"),
        citation: table.citation(),
        span: table.span,
    }
}

fn carried(written: Spanned<String>) -> Carried {
    match written.value.strip_suffix('?') {
        Some(field) => {
            Carried { field: Spanned::new(field.to_owned(), written.span), optional: true }
        }
        None => Carried { field: written, optional: false },
    }
}
