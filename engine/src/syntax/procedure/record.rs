//! `[records]`: entries that may repeat within a case.

use crate::syntax::Citation;
use crate::syntax::Field;
use crate::syntax::Names;
use crate::syntax::organisation::field;
use crate::syntax::table::Table;
use crate::text::Span;
use crate::text::Spanned;

/// `[records.R]` as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// Its name, which is that of the event by which an entry is added.
    pub name: Spanned<String>,
    /// Its name for people.
    pub title: Option<Spanned<String>>,
    /// What each entry holds, in the order of the file.
    pub fields: Vec<EntryField>,
    /// Whose act an entry is. Required; empty has been reported.
    pub by: Names,
    /// The roles that may enter it for them.
    pub entered_by: Names,
    /// Who may not do it: `respondent`, `rung:R`, `event:E`.
    pub not_by: Names,
    /// The conditions that must hold.
    pub requires: Names,
    /// The only roles that read what entries hold; empty where everybody does.
    pub read_by: Names,
    /// Whether an entry can be done (`R_done`).
    pub done: bool,
    /// The stages in which there may be entries; empty is every stage that is no end. Written as
    /// `in`.
    pub stages: Names,
    /// The end stages that are added to those.
    pub also: Names,
    /// Advice for whoever does it.
    pub guide: Option<Spanned<String>>,
    /// Where it comes from.
    pub citation: Citation,
    /// The header or the name.
    pub span: Span,
    /// The name of the event by which fields of an entry become others.
    pub changed_event: String,
    /// The name of the event by which an entry is done.
    pub done_event: String,
}

impl Record {
    /// Whether any field of an entry may become another.
    #[must_use]
    pub fn has_changes(&self) -> bool {
        self.fields.iter().any(EntryField::may_change)
    }

    /// The names of its events: of adding an entry, of changing it and of its being done, as far
    /// as there are such.
    pub fn events(&self) -> impl Iterator<Item = &str> {
        let changed = self.has_changes().then_some(self.changed_event.as_str());
        let done = self.done.then_some(self.done_event.as_str());
        std::iter::once(self.name.value.as_str()).chain(changed).chain(done)
    }
}

/// One of the `fields` of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryField {
    /// What it has in common with a field of a case; never `required`.
    pub field: Field,
    /// Whether an entry may come without it.
    pub optional: Option<Spanned<bool>>,
    /// Whether it may become another (`R_changed`).
    pub changes: Option<Spanned<bool>>,
}

impl EntryField {
    /// Whether it may become another after the entry was added.
    #[must_use]
    pub fn may_change(&self) -> bool {
        self.changes.as_ref().is_some_and(|it| it.value)
    }
}

/// Reads `[records.R]`.
pub(crate) fn read(name: Spanned<String>, table: &mut Table<'_, '_>) -> Record {
    table.requires(&["by"]);
    let (changed_event, done_event) =
        (format!("{}_changed", name.value), format!("{}_done", name.value));
    Record {
        name,
        title: table.text("title"),
        fields: read_fields(table),
        by: table.some_names("by"),
        entered_by: table.names("entered_by"),
        not_by: table.names("not_by"),
        requires: table.names("requires"),
        read_by: table.some_names("read_by"),
        done: table.flag("done"),
        stages: table.some_names("in"),
        also: table.some_names("also"),
        guide: table.text("guide"),
        citation: table.citation(),
        span: table.span,
        changed_event,
        done_event,
    }
}

fn read_fields(table: &mut Table<'_, '_>) -> Vec<EntryField> {
    let read = |fields: &mut Table<'_, '_>| {
        let mut all = Vec::new();
        for entry in fields.rest() {
            let name = fields.declared(entry.key, entry.key_span);
            let what = format!("field `{}`", entry.key);
            all.extend(
                fields.table_of(entry, what, entry.key_span, |it| read_entry_field(name, it)),
            );
        }
        all
    };
    table.table("fields", read).unwrap_or_default()
}

fn read_entry_field(name: Spanned<String>, table: &mut Table<'_, '_>) -> EntryField {
    let mut field = EntryField {
        field: field::common(name, table),
        optional: table.choice("optional"),
        changes: table.choice("changes"),
    };
    field.field.broken = table.broken;
    field
}
