//! Records: lists of entries with the same fields, of which a case has any number.

use crate::script::RecordId;
use crate::script::Scope;
use crate::script::Type;
use crate::script::scope::all::next;

/// A list of entries that conditions ask about by its name: `interview.some(|i| …)`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// The name as authors write it.
    pub name: String,
    /// The fields each entry has; an entry's field is known by its place in here.
    pub fields: Vec<EntryField>,
}

/// A field of every entry of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryField {
    /// The name as authors write it after the dot.
    pub name: String,
    /// What it is.
    pub of: Type,
    /// Whether every entry has a value for it, so that it may be read without asking `is_set`.
    pub always_set: bool,
}

impl Record {
    /// The place of a field and the field.
    #[must_use]
    pub fn find_field(&self, name: &str) -> Option<(u16, &EntryField)> {
        let place = self.fields.iter().position(|it| it.name == name)?;
        Some((u16::try_from(place).ok()?, self.fields.get(place)?))
    }

    /// The field at a place.
    #[must_use]
    pub fn field(&self, place: u16) -> Option<&EntryField> {
        self.fields.get(usize::from(place))
    }
}

impl Scope {
    /// Adds a record with the fields of its entries. None of them is taken to be always set; see
    /// [`always_set`](Self::always_set). Of two records with one name the first is found.
    pub fn add_record(&mut self, name: &str, fields: Vec<(String, Type)>) -> RecordId {
        let id = RecordId(next(self.records.len()));
        let field = |(name, of)| EntryField { name, of, always_set: false };
        let fields = fields.into_iter().map(field).collect();
        self.records.push(Record { name: name.to_owned(), fields });
        id
    }

    /// Notes that every entry of a record has a value for a field: it is required, or counted by
    /// the engine itself. A field that the record does not have is passed over.
    pub fn always_set(&mut self, record: RecordId, field: &str) {
        let fields = self.records.get_mut(usize::from(record.0)).map(|it| &mut it.fields);
        for it in fields.into_iter().flatten().filter(|it| it.name == field) {
            it.always_set = true;
        }
    }

    /// The record with this number.
    #[must_use]
    pub fn record(&self, id: RecordId) -> Option<&Record> {
        self.records.get(usize::from(id.0))
    }

    /// The record with this name.
    #[must_use]
    pub fn find_record(&self, name: &str) -> Option<(RecordId, &Record)> {
        let index = self.records.iter().position(|it| it.name == name)?;
        Some((RecordId(next(index)), self.records.get(index)?))
    }

    /// The names of all records, in the order they were added.
    pub fn record_names(&self) -> impl Iterator<Item = &str> + Clone {
        self.records.iter().map(|it| it.name.as_str())
    }
}
