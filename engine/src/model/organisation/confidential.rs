//! What only some roles read.

use std::collections::BTreeMap;

use crate::model::{EventId, FieldId, Party, RecordId, RoleId};

/// Something that people record and read of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Readable {
    /// The values of a field.
    Field(FieldId),
    /// What the entries of a record hold.
    Record(RecordId),
    /// The reason given with an event.
    Reason(EventId),
}

/// Who alone reads what. Everything that is not listed, everybody reads who reads the case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Confidential {
    only: BTreeMap<Readable, Vec<RoleId>>,
}

impl Confidential {
    /// Says that only these roles read something. Where there is none, it stays open to all.
    pub(crate) fn keep(&mut self, what: Readable, readers: Vec<RoleId>) {
        if !readers.is_empty() {
            self.only.insert(what, readers);
        }
    }

    /// Says that everybody reads something.
    pub(crate) fn open(&mut self, what: Readable) {
        self.only.remove(&what);
    }

    /// The only roles that read something; `None` where everybody does.
    #[must_use]
    pub fn readers(&self, what: Readable) -> Option<&[RoleId]> {
        self.only.get(&what).map(Vec::as_slice)
    }

    /// Whether a party reads something. Of a confidential thing neither the complainant nor the
    /// respondent is told, and no deputy who is not named as well.
    #[must_use]
    pub fn may_read(&self, reader: Party, what: Readable) -> bool {
        match (self.readers(what), reader) {
            (None, _) => true,
            (Some(roles), Party::Role(role)) => roles.contains(&role),
            (Some(_), Party::Complainant | Party::Respondent | Party::System) => false,
        }
    }

    /// Whether everybody reads everything.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.only.is_empty()
    }
}
