//! The entries of a case: what was recorded of each, and as what it stands now.

use crate::model::RecordId;
use crate::runtime::Case;
use crate::script::Value;
use crate::text::Symbol;
use crate::time::Instant;

/// One entry of a record. Entries are numbered within their record, from 1, in the order in which
/// they were added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
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

/// The entries of one record; `width` values for each, in a row.
#[derive(Clone, Debug, Default, PartialEq)]
struct OfOne {
    width: usize,
    entries: Vec<Entry>,
    values: Vec<Value>,
}

impl OfOne {
    fn place(&self, number: u16, field: u16) -> Option<usize> {
        let (entry, field) = (usize::from(number).checked_sub(1)?, usize::from(field));
        (field < self.width).then_some(entry.checked_mul(self.width)?.checked_add(field)?)
    }
}

impl Entries {
    /// Adds an entry with so many values, none of which is set.
    pub(crate) fn add(&mut self, record: RecordId, entry: Entry, width: u16) {
        if self.records.len() <= record.index() {
            self.records.resize(record.index().saturating_add(1), OfOne::default());
        }
        if let Some(of) = self.records.get_mut(record.index()) {
            of.width = usize::from(width);
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
        let of = self.records.get_mut(record.index());
        let place = usize::from(number).checked_sub(1);
        let entry = of.zip(place).and_then(|(of, place)| of.entries.get_mut(place));
        if let Some(entry) = entry {
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
        self.entries(record).get(usize::from(number).checked_sub(1)?)
    }

    /// The number of the entry with this id, from 1.
    #[must_use]
    pub fn entry_number(&self, record: RecordId, id: Symbol) -> Option<u16> {
        let place = self.entries(record).iter().position(|it| it.id == id)?;
        u16::try_from(place).ok()?.checked_add(1)
    }

    /// What an entry holds in the field with this place; unset where there is no such entry.
    #[must_use]
    pub fn entry_value(&self, record: RecordId, number: u16, field: u16) -> Value {
        let value = self.of_record(record).and_then(|of| of.values.get(of.place(number, field)?));
        value.copied().unwrap_or(Value::Unset)
    }
}
