//! Entries that may repeat within a case, and what people report of them.

use crate::model::{EventId, Field, RecordId, RuleId};

/// How many entries of a record a case may have.
pub const ENTRIES_OF_RECORD_MAX: u16 = 1_000;

/// The fields that every entry has without being declared, as conditions read them after its
/// own: `id`, `at`; and `done`, `done_at` where an entry can be done.
pub const BUILT_IN_OF_ENTRY: [&str; 4] = ["id", "at", "done", "done_at"];

/// A kind of entry that may repeat within a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// Its name in the file.
    pub name: String,
    /// Its name for people.
    pub title: String,
    /// What each entry holds, in file order.
    pub fields: Vec<EntryField>,
    /// The event by which an entry is added.
    pub added: EventId,
    /// The event by which fields of an entry become others; `None` where no field changes.
    pub changed: Option<EventId>,
    /// The event by which an entry is done; `None` where entries are not done.
    pub done: Option<EventId>,
    /// The entry of the protocol.
    pub rule: RuleId,
}

impl Record {
    /// The place of the field with this name.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<u16> {
        let place = self.fields.iter().position(|it| it.field.name == name)?;
        u16::try_from(place).ok()
    }
}

/// What an entry holds under one name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryField {
    /// Its name, kind and default. `required` says that an entry must bring it.
    pub field: Field,
    /// Whether it may become another after the entry was added.
    pub changes: bool,
}

/// What an event does to an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EntryAct {
    /// It is added.
    Added,
    /// Fields of it become others.
    Changed,
    /// It is done.
    Done,
}

/// Of which record an event is, and what it does to an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OfRecord {
    /// The record.
    pub record: RecordId,
    /// What it does.
    pub act: EntryAct,
}

/// What a deadline takes from each entry of which it counts a clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ForEach {
    /// The record.
    pub record: RecordId,
    /// The field that names the answerable role, where an entry does.
    pub who: Option<u16>,
}

/// A date that was agreed instead of a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Agreed {
    /// A field of the case.
    Field(crate::model::FieldId),
    /// A field of the entry that the clock belongs to, by its place.
    Entry(u16),
}
