//! What an event of a record might bring: to which entry, and what.

use crate::machine::Machine;
use crate::model::{EntryAct, EventId};
use crate::runtime::Case;
use crate::runtime::answer::brought::{NOBODY, some_value};
use crate::script::Value;
use crate::text::Symbol;
use crate::time::NaiveDate;

/// An entry to which the event may happen, and the least that it must bring: a new one, or the
/// first that is left.
pub(crate) fn brought(
    machine: &Machine,
    case: &Case,
    event: EventId,
    today: NaiveDate,
) -> (Option<Symbol>, Vec<(u16, Value)>) {
    let declared = machine.protocol.events.get(event.index());
    let Some(of) = declared.and_then(|it| it.of) else { return (None, Vec::new()) };
    let entries = case.entries(of.record);
    let first = |open: bool| entries.iter().find(|it| !open || it.done_at.is_none());
    let entry = match of.act {
        EntryAct::Added => None,
        EntryAct::Changed => first(false),
        EntryAct::Done => first(true).or_else(|| first(false)),
    };
    let fields = machine.protocol.records.get(of.record.index()).map(|it| &it.fields);
    let each = (0u16..).zip(fields.into_iter().flatten());
    let data = each.filter(|(_, it)| match of.act {
        EntryAct::Added => it.field.required,
        EntryAct::Changed => it.changes,
        EntryAct::Done => false,
    });
    let data = data.map(|(place, it)| (place, some_value(&it.field, today)));
    (Some(entry.map_or(NOBODY, |it| it.id)), data.collect())
}
