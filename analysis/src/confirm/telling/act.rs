//! An event of a course as somebody reports it in a scenario: in names and texts.

use engine::machine::Machine;
use engine::model::{Field, FieldKind};
use engine::runtime::{Actor, Event, Given};
use engine::scenario::Act;
use engine::script::Value;
use engine::text::{Strings, Symbol};

/// The act that reports an event, with the id that the step has.
pub(super) fn act(machine: &Machine, strings: &Strings, event: &Event, id: &str) -> Act {
    let protocol = &machine.protocol;
    let text = |it: Symbol| strings.get(it).to_owned();
    let made = |field: &Field, value: Value| {
        // Personal values are named after their report.
        let given = match given(machine, strings, field, value)? {
            Given::Slot(_) => Given::Slot(format!("{id}/{}", field.name)),
            other => other,
        };
        Some((field.name.clone(), given))
    };
    let of_case = event.data.iter();
    let of_case = of_case.filter_map(|(id, it)| made(protocol.fields.get(id.index())?, *it));
    let of = protocol.events.get(event.kind.index()).and_then(|it| it.of);
    let record = of.and_then(|it| protocol.records.get(it.record.index()));
    let of_entry = event
        .entry_data
        .iter()
        .filter_map(|(place, value)| made(&record?.fields.get(usize::from(*place))?.field, *value));
    let channel = event.channel.and_then(|it| protocol.channels.get(it.index()));
    let letter = event.letter.and_then(|it| protocol.letters.get(it.index()));
    let intake = event.intake.and_then(|it| protocol.intake.get(it.index()));
    Act {
        by: Some(actor(machine, strings, event.actor, ":")),
        entered_by: event.entered_by.map(|it| actor(machine, strings, it, ":")),
        channel: channel.map(|it| it.name.clone()),
        entry: event.entry.map(text),
        data: of_case.chain(of_entry).collect(),
        reason: event.reason.map(text),
        complainant: event.complainant.map(text),
        respondent: event.respondent.map(text),
        case: event.case.map(text),
        letter: letter.map(|it| it.name.clone()),
        intake: intake.map(|it| it.name.clone()),
        ..Act::new(id.to_owned(), event.kind)
    }
}

/// The party, and the person where one is named.
pub(super) fn actor(machine: &Machine, strings: &Strings, actor: Actor, between: &str) -> String {
    let name = machine.protocol.party_name(actor.party);
    match actor.person {
        Some(person) => format!("{name}{between}{}", strings.get(person)),
        None => name.to_owned(),
    }
}

/// A value as somebody would report it.
fn given(machine: &Machine, strings: &Strings, field: &Field, value: Value) -> Option<Given> {
    Some(match (value, &field.kind) {
        (Value::Flag(it), _) => Given::Flag(it),
        (Value::Number(it), _) => Given::Number(it),
        (Value::Date(it), _) => Given::Date(it),
        (Value::Text(it), _) => Given::Text(strings.get(it).to_owned()),
        (Value::Slot(it), _) => Given::Slot(strings.get(it).to_owned()),
        (Value::Choice(place), FieldKind::Choice(set) | FieldKind::Role(set)) => {
            let set = machine.protocol.scope.set(*set)?;
            Given::Text(set.name(place)?.to_owned())
        }
        (Value::Choice(_) | Value::Unset, _) => return None,
    })
}
