//! The entries of a record.

use engine::model::{Readable, RecordId};

use crate::cell::Cell;
use crate::rows::of_case::Rows;
use crate::tables::{From, Table, currency};

impl Rows<'_> {
    /// The entries of the record that a table is of, in the order in which they were added; nothing
    /// where the version has no such record. What is kept from the reader is not listed.
    pub(super) fn entries(&self, table: &Table) -> Option<Vec<Vec<Cell>>> {
        let machine = self.machine();
        let name = table.name.strip_prefix("record.").unwrap_or(&table.name);
        let id: RecordId = machine.protocol.record(name)?;
        let record = machine.protocol.records.get(id.index())?;
        if !self.reads_record(id) {
            return Some(Vec::new());
        }
        let zone = &machine.protocol.zone;
        let row = |entry: &engine::runtime::Entry| {
            let cell = |column: &crate::tables::Column| match &column.from {
                From::Own(0) => self.ticket(),
                From::Own(1) => self.id(),
                From::Own(2) => Cell::count(i64::from(entry.number)),
                From::Own(3) => Cell::text(self.look.strings.get(entry.id)),
                From::Own(4) => Cell::moment(zone, Some(entry.at)),
                From::Own(_) => Cell::moment(zone, entry.done_at),
                From::Deadline(..) => Cell::Empty,
                From::Field(name, wanted) => {
                    let field = record.field(name);
                    let Some(place) = field else { return Cell::Empty };
                    let declared = record.fields.get(usize::from(place)).map(|it| &it.field);
                    let readable = |it: &&engine::model::Field| {
                        currency(it) == *wanted
                            && self.viewer.reads_field(machine, it, Readable::Record(id))
                    };
                    let Some(field) = declared.filter(readable) else { return Cell::Empty };
                    let value = self.case().entry_value(id, entry.number, place);
                    let open = |slot: &str| self.open(slot);
                    Cell::value(&machine.protocol, field, value, &self.look.strings, &open)
                }
            };
            table.columns.iter().map(cell).collect()
        };
        Some(self.case().entries(id).iter().map(row).collect())
    }
}
