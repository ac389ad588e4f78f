//! What an event must bring, and may.

use crate::machine::Machine;
use crate::model::{EventId, FieldId};
use crate::runtime::answer::reasons::Reasons;
use crate::runtime::decide::built_in;
use crate::runtime::decide::carry_out;
use crate::runtime::decide::entry;
use crate::runtime::decide::work::Work;
use crate::runtime::{Event, FactKind, NoDecision, RefusalKind};
use crate::script::Value;

/// Refuses an event that brings too little, or what it may not bring.
pub(crate) fn complete<R: Reasons>(
    work: &mut Work<'_, R>,
    event: &Event,
) -> Result<(), NoDecision> {
    let machine: &Machine = work.machine;
    let declared = &machine.protocol.events[event.kind.index()];
    if let Some(of) = declared.of {
        entry::complete(work, event, of)?;
    }
    let carried = declared.carries.iter();
    let missing: Vec<FieldId> = carried
        .filter(|it| it.required && event.brings(it.field).is_none())
        .map(|it| it.field)
        .collect();
    if !missing.is_empty() {
        return Err(work.refuse(RefusalKind::Missing(missing), declared.rule));
    }
    let may = |field: FieldId| declared.carries.iter().any(|it| it.field == field);
    let brought = event.data.iter().map(|(field, _)| *field);
    let unexpected: Vec<FieldId> = brought.filter(|field| !may(*field)).collect();
    if !unexpected.is_empty() {
        return Err(work.refuse(RefusalKind::Unexpected(unexpected), declared.rule));
    }
    if declared.reason && event.reason.is_none() {
        return Err(work.refuse(RefusalKind::Reason, declared.rule));
    }
    let written = event.channel.is_some_and(|id| machine.protocol.channels[id.index()].written);
    if declared.written && !written {
        return Err(work.refuse(RefusalKind::Channel, declared.rule));
    }
    Ok(())
}

/// Records the event itself and the fields it brings; the event that opens the case also sets
/// what is declared with a default.
pub(crate) fn take<R: Reasons>(work: &mut Work<'_, R>, event: &Event) {
    let machine: &Machine = work.machine;
    let declared = &machine.protocol.events[event.kind.index()];
    let rule = declared.rule;
    let (by, person) = (event.actor.party, event.actor.person);
    let kept = machine.keeps_actors;
    work.record(rule, FactKind::Reported { event: event.kind, by, person, kept });
    let opens = event.kind == EventId::OPENED;
    if !opens || !built_in::is_waiting(machine, work.case) {
        work.points.push(crate::model::Point::Event(event.kind));
    }
    if opens {
        for (field, default) in (0u16..).map(FieldId).zip(&machine.defaults) {
            if *default != Value::Unset && event.brings(field).is_none() {
                let rule = machine.protocol.fields[field.index()].rule;
                carry_out::set(work, field, *default, rule);
            }
        }
    }
    for (field, value) in &event.data {
        carry_out::set(work, *field, *value, rule);
    }
    if let Some(of) = declared.of {
        entry::take(work, event, of, rule);
    }
}

/// Records what is known of the person's other cases, where that is not what it was.
pub(crate) fn take_history<R: Reasons>(work: &mut Work<'_, R>, event: &Event) {
    let rule = work.machine.protocol.events[event.kind.index()].rule;
    for (question, value) in (0u16..).zip(&event.history) {
        if work.case.history(question) != *value {
            work.record(rule, FactKind::HistorySeen { question, value: *value });
        }
    }
}
