//! The entries of a case: what was recorded of each, and as what it stands now.

use crate::model::RecordId;
use crate::runtime::{Case, Fact, FactKind};
use crate::script::Value;
use crate::text::Symbol;
use crate::time::Instant;

/// One entry of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its number within its record, from 1, in the order in which entries became known. Late news
    /// changes no number, and none is given twice.
    pub number: u16,
    /// Its id, unique within the case and the record.
    pub id: Symbol,
    /// When it was added.
    pub at: Instant,
    /// When it was done; `None` while it is not, and where entries are not done.
    pub done_at: Option<Instant>,
}

/// All entries of a case, by record.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Entries {
    records: Vec<OfOne>,
}

/// The entries of one record, as they were added; `width` values for each, in a row.
#[derive(Clone, Debug, Default, PartialEq)]
struct OfOne {
    width: usize,
    entries: Vec<Entry>,
    values: Vec<Value>,
    /// The highest number that an entry has or had.
    last: u16,
}

impl OfOne {
    fn entry(&self, number: u16) -> Option<usize> {
        let is_it = |place: usize| self.entries.get(place).is_some_and(|it| it.number == number);
        // Without late news an entry stands where its number says.
        let likely = usize::from(number).checked_sub(1).filter(|place| is_it(*place));
        likely.or_else(|| self.entries.iter().position(|it| it.number == number))
    }

    fn place(&self, number: u16, field: u16) -> Option<usize> {
        let (entry, field) = (self.entry(number)?, usize::from(field));
        (field < self.width).then_some(entry.checked_mul(self.width)?.checked_add(field)?)
    }
}

impl Entries {
    fn of(&mut self, record: RecordId) -> Option<&mut OfOne> {
        if self.records.len() <= record.index() {
            self.records.resize(record.index().saturating_add(1), OfOne::default());
        }
        self.records.get_mut(record.index())
    }

    /// Adds an entry with so many values, none of which is set.
    pub(crate) fn add(&mut self, record: RecordId, entry: Entry, width: u16) {
        if let Some(of) = self.of(record) {
            of.width = usize::from(width);
            of.last = of.last.max(entry.number);
            of.entries.push(entry);
            of.values.extend((0..width).map(|_| Value::Unset));
        }
    }

    /// Sets a value of an entry; nothing where there is no such entry.
    pub(crate) fn set(&mut self, record: RecordId, number: u16, field: u16, value: Value) {
        let Some(of) = self.records.get_mut(record.index()) else { return };
        if let Some(slot) = of.place(number, field).and_then(|place| of.values.get_mut(place)) {
            *slot = value;
        }
    }

    /// Notes that an entry is done.
    pub(crate) fn done(&mut self, record: RecordId, number: u16, at: Instant) {
        let Some(of) = self.records.get_mut(record.index()) else { return };
        if let Some(entry) = of.entry(number).and_then(|place| of.entries.get_mut(place)) {
            entry.done_at = Some(at);
        }
    }
}

impl Case {
    fn of_record(&self, record: RecordId) -> Option<&OfOne> {
        self.entries.as_ref()?.records.get(record.index())
    }

    /// The entries of a record, in the order in which they were added.
    #[must_use]
    pub fn entries(&self, record: RecordId) -> &[Entry] {
        self.of_record(record).map_or(&[], |of| &of.entries)
    }

    /// The entry of a record with this number, from 1.
    #[must_use]
    pub fn entry(&self, record: RecordId, number: u16) -> Option<&Entry> {
        let of = self.of_record(record)?;
        of.entries.get(of.entry(number)?)
    }

    /// The number of the entry with this id, from 1.
    #[must_use]
    pub fn entry_number(&self, record: RecordId, id: Symbol) -> Option<u16> {
        self.entries(record).iter().find(|it| it.id == id).map(|it| it.number)
    }

    /// The place of the entry with this number among those of its record, from 0, in the order in
    /// which they were added.
    pub(crate) fn entry_place(&self, record: RecordId, number: u16) -> Option<usize> {
        self.of_record(record)?.entry(number)
    }

    /// The number that the next entry of a record gets; `None` where none is left.
    pub(crate) fn next_entry_number(&self, record: RecordId) -> Option<u16> {
        self.of_record(record).map_or(0, |of| of.last).checked_add(1)
    }

    /// Notes the numbers that entries were given by facts, also by those that no longer hold, so
    /// that none is given a second time.
    pub(crate) fn note_entry_numbers(&mut self, facts: &[Fact]) {
        for fact in facts {
            let FactKind::EntryAdded { record, number, .. } = fact.kind else { continue };
            if let Some(of) = self.entries.get_or_insert_default().of(record) {
                of.last = of.last.max(number);
            }
        }
    }

    /// What an entry holds in the field with this place; unset where there is no such entry.
    #[must_use]
    pub fn entry_value(&self, record: RecordId, number: u16, field: u16) -> Value {
        let value = self.of_record(record).and_then(|of| of.values.get(of.place(number, field)?));
        value.copied().unwrap_or(Value::Unset)
    }
}
