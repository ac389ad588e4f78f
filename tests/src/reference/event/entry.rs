//! What an event of a record does to its entry.

use std::collections::BTreeMap;

use engine::model::{ENTRIES_OF_RECORD_MAX, EntryAct, OfRecord};
use engine::runtime::Event;
use engine::script::Value;

use crate::reference::case::RefEntry;
use crate::reference::work::{No, Work};

impl Work<'_> {
    /// Whether it can happen to the entry, and brings what it must and nothing else.
    pub(crate) fn entry_is_right(&self, event: &Event, of: OfRecord) -> Result<(), No> {
        let record = &self.protocol.records[of.record.index()];
        let entries = self.case.entries_of(of.record);
        let id = event.entry.map(|it| self.strings.get(it));
        let named = entries.iter().find(|it| Some(it.id.as_str()) == id);
        let right = match (of.act, named) {
            (EntryAct::Added, None) => entries.len() < usize::from(ENTRIES_OF_RECORD_MAX),
            (EntryAct::Added, Some(_)) | (_, None) => false,
            (EntryAct::Changed, Some(_)) => true,
            (EntryAct::Done, Some(entry)) => entry.done_at.is_none(),
        };
        if id.is_none() || !right {
            return Err("entry".to_owned());
        }
        let brought = |place: u16| event.entry_data.iter().any(|(it, _)| *it == place);
        let mut fields = (0u16..).zip(&record.fields);
        let right = match of.act {
            EntryAct::Added => fields.all(|(place, it)| brought(place) || !it.field.required),
            EntryAct::Changed => {
                let fixed = fields.any(|(place, it)| brought(place) && !it.changes);
                !fixed && !event.entry_data.is_empty()
            }
            EntryAct::Done => event.entry_data.is_empty(),
        };
        if right { Ok(()) } else { Err("data".to_owned()) }
    }

    /// The entry is as the event leaves it; what there is to say of it is said later.
    pub(crate) fn keep_entry(&mut self, event: &Event, of: OfRecord) {
        let record = &self.protocol.records[of.record.index()];
        let id = event.entry.map(|it| self.strings.get(it).to_owned()).unwrap();
        let mut values: Vec<(usize, Value)> =
            event.entry_data.iter().map(|(place, value)| (usize::from(*place), *value)).collect();
        let known = self.case.entries_of(of.record).iter().position(|it| it.id == id);
        let place = known.unwrap_or(self.case.entries_of(of.record).len());
        if known.is_none() {
            for (place, field) in record.fields.iter().enumerate() {
                let left_out = values.iter().all(|(it, _)| *it != place);
                if let (Some(default), true) = (&field.field.default, left_out) {
                    values.push((place, self.value_of_preset(default)));
                }
            }
            values.sort_by_key(|(place, _)| *place);
            let (at, values) = (self.at, BTreeMap::new());
            let entry = RefEntry { id: id.clone(), at, done_at: None, values };
            self.case.entries.entry(of.record).or_default().push(entry);
            self.of_entry.push(format!("entry {} {id} added", record.name));
        }
        self.entry = Some((of.record, u16::try_from(place + 1).unwrap()));
        for (field, value) in values {
            let declared = &record.fields[field].field;
            let shown = self.shown_as(&declared.kind, value);
            self.of_entry.push(format!("entry {} {id} {} = {shown}", record.name, declared.name));
            let entry = &mut self.case.entries.get_mut(&of.record).unwrap()[place];
            entry.values.insert(declared.name.clone(), value);
        }
        if of.act == EntryAct::Done {
            let at = self.at;
            self.case.entries.get_mut(&of.record).unwrap()[place].done_at = Some(at);
            self.of_entry.push(format!("entry {} {id} done", record.name));
        }
    }
}
