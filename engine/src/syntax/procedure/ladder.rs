//! `[[ladder]]`: who handles a case, and who after them.

use crate::syntax::Citation;
use crate::syntax::Names;
use crate::syntax::Script;
use crate::syntax::table::Table;
use crate::text::Span;
use crate::text::Spanned;

/// `[[ladder]]` as written: one rung.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rung {
    /// Its name, written as `rung`; a rung without one is reported and left out.
    pub name: Spanned<String>,
    /// Its name for people.
    pub title: Option<Spanned<String>>,
    /// The role that handles a case on it. Required.
    pub handled_by: Option<Spanned<String>>,
    /// The stage that a case enters when it is escalated to this rung.
    pub enter_at: Option<Spanned<String>>,
    /// When a case starts on this rung.
    pub start_when: Option<Script>,
    /// Who may not act on it: `respondent`, `rung:R`, `event:E`.
    pub not_by: Names,
    /// How to reach it.
    pub contact: Option<Spanned<String>>,
    /// Where it comes from.
    pub citation: Citation,
    /// The header of the entry.
    pub span: Span,
}

/// Reads `[[ladder]]`.
pub(crate) fn read(root: &mut Table<'_, '_>) -> Vec<Rung> {
    root.rows("ladder", read_rung).into_iter().flatten().collect()
}

fn read_rung(table: &mut Table<'_, '_>) -> Option<Rung> {
    table.requires(&["rung", "handled_by"]);
    let name = table.text("rung").map(|it| table.declared(&it.value, it.span));
    let handled_by = table.name("handled_by");
    let title = table.text("title");
    let enter_at = table.name("enter_at");
    let start_when = table.script("start_when");
    let not_by = table.names("not_by");
    let contact = table.text("contact");
    let citation = table.citation();
    let span = table.span;
    let name = name?;
    Some(Rung { name, title, handled_by, enter_at, start_when, not_by, contact, citation, span })
}
