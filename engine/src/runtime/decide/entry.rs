//! What the events of a record do: an entry is added, changed or done.

use crate::machine::Machine;
use crate::model::{
    ENTRIES_OF_RECORD_MAX, EntryAct, EntryField, OfRecord, Record, RecordId, RuleId,
};
use crate::runtime::answer::reasons::Reasons;
use crate::runtime::decide::work::Work;
use crate::runtime::{Case, EntryFault, Event, FactKind, NoDecision, RefusalKind};
use crate::script::Value;

/// Refuses an event that cannot happen to the entry it names, or brings what it may not.
pub(crate) fn complete<R: Reasons>(
    work: &mut Work<'_, R>,
    event: &Event,
    of: OfRecord,
) -> Result<(), NoDecision> {
    let machine: &Machine = work.machine;
    let rule = machine.protocol.events[event.kind.index()].rule;
    let record = &machine.protocol.records[of.record.index()];
    let fault = identity(work, event, of).or_else(|| data(record, event, of.act));
    match fault {
        Some(fault) => Err(work.refuse(RefusalKind::Entry(of.record, fault), rule)),
        None => Ok(()),
    }
}

/// What stands against the entry itself.
fn identity<R>(work: &Work<'_, R>, event: &Event, of: OfRecord) -> Option<EntryFault> {
    let Some(id) = event.entry else { return Some(EntryFault::NoId) };
    let number = work.case.entry_number(of.record, id);
    match (of.act, number) {
        (EntryAct::Added, Some(_)) => Some(EntryFault::Taken(id)),
        (EntryAct::Added, None) => (!has_room(work.case, of.record)).then_some(EntryFault::Full),
        (_, None) => Some(EntryFault::Unknown(id)),
        (EntryAct::Changed, Some(_)) => None,
        (EntryAct::Done, Some(number)) => {
            let done = work.case.entry(of.record, number).is_some_and(|it| it.done_at.is_some());
            done.then_some(EntryFault::Done(id))
        }
    }
}

/// Whether a record takes one more entry.
fn has_room(case: &Case, record: RecordId) -> bool {
    case.entries(record).len() < usize::from(ENTRIES_OF_RECORD_MAX)
        && case.next_entry_number(record).is_some()
}

/// Whether there is an entry to which the event may happen, or room for one.
pub(crate) fn is_left(case: &Case, of: OfRecord) -> bool {
    let entries = case.entries(of.record);
    match of.act {
        EntryAct::Added => has_room(case, of.record),
        EntryAct::Changed => !entries.is_empty(),
        EntryAct::Done => entries.iter().any(|it| it.done_at.is_none()),
    }
}

/// What stands against the fields that it brings.
fn data(record: &Record, event: &Event, act: EntryAct) -> Option<EntryFault> {
    let all = || (0u16..).zip(&record.fields);
    let brought = |place: u16| event.brings_to_entry(place).is_some();
    let those = |is: &dyn Fn(u16, &EntryField) -> bool| -> Vec<u16> {
        all().filter(|(place, it)| is(*place, it)).map(|(place, _)| place).collect()
    };
    match act {
        EntryAct::Added => {
            let missing = those(&|place, it| it.field.required && !brought(place));
            (!missing.is_empty()).then_some(EntryFault::Missing(missing))
        }
        EntryAct::Changed => {
            let fixed = those(&|place, it| brought(place) && !it.changes);
            match fixed.is_empty() {
                false => Some(EntryFault::Fixed(fixed)),
                true => event.entry_data.is_empty().then_some(EntryFault::Nothing),
            }
        }
        EntryAct::Done => {
            let brought = those(&|place, _| brought(place));
            (!brought.is_empty()).then_some(EntryFault::Unexpected(brought))
        }
    }
}

/// Records what happens to the entry. What the event leaves out has its default.
pub(crate) fn take<R: Reasons>(work: &mut Work<'_, R>, event: &Event, of: OfRecord, rule: RuleId) {
    let machine: &Machine = work.machine;
    let Some(id) = event.entry else { return };
    let record = of.record;
    let known = work.context.numbers.iter().find(|(event_id, _)| *event_id == event.id);
    let number = match of.act {
        EntryAct::Added => known
            .map(|(_, number)| *number)
            .or_else(|| work.case.next_entry_number(record))
            .unwrap_or(u16::MAX),
        EntryAct::Changed | EntryAct::Done => {
            work.case.entry_number(record, id).unwrap_or_default()
        }
    };
    work.entry = Some((record, number));
    let defaults = machine.entry_defaults.get(record.index()).map_or(&[][..], Vec::as_slice);
    let set = |work: &mut Work<'_, R>, field: u16, value: Value| {
        work.record(rule, FactKind::EntryFieldSet { record, number, id, field, value });
    };
    match of.act {
        EntryAct::Added => {
            let width = u16::try_from(defaults.len()).unwrap_or(u16::MAX);
            work.record(rule, FactKind::EntryAdded { record, number, id, width });
            for (field, default) in (0u16..).zip(defaults) {
                let value = event.brings_to_entry(field).unwrap_or(*default);
                if value != Value::Unset {
                    set(work, field, value);
                }
            }
        }
        EntryAct::Changed => {
            for (field, value) in &event.entry_data {
                set(work, *field, *value);
            }
        }
        EntryAct::Done => work.record(rule, FactKind::EntryDone { record, number, id }),
    }
}
