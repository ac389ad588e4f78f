//! The event that a step of a path stands for: who reports it, and what it brings.

use engine::machine::Machine;
use engine::model::{
    Agreed, BuiltIn, ChannelId, Doer, EntryAct, EventId, Field, FieldId, FieldKind, Lengthen,
    OfRecord, Party, Point,
};
use engine::runtime::{Actor, Case, Event};
use engine::script::Value;
use engine::text::{Strings, Symbol};
use engine::time::{Instant, NaiveDate};

use crate::confirm::goal::First;
use crate::confirm::walk::{Engine, Walk};
use crate::taken::Reported;

/// What is said where a reason must be given.
const REASON: &str = "as the case required";

/// Whether the machine asks who did what: then everybody who acts is somebody new, and named.
fn names_persons(machine: &Machine) -> bool {
    let protocol = &machine.protocol;
    protocol.events.iter().any(|it| !it.not_by.is_empty())
        || protocol.ladder.iter().any(|it| !it.not_by.is_empty())
}

/// The event at an instant. What it must bring and the step does not say is filled in.
pub(super) fn event(engine: &mut Engine<'_>, walk: &Walk, said: &Reported, at: Instant) -> Event {
    let machine = engine.machine;
    let protocol = &machine.protocol;
    let strings = &mut engine.strings;
    let number = walk.n_events;
    let name = if number == 0 { "opened".to_owned() } else { format!("step-{number}") };
    let today = protocol.zone.civil(at).date();
    let person = (names_persons(machine) && matches!(said.by, Party::Role(_)))
        .then(|| strings.intern(&format!("person-{}", number.saturating_add(1))));
    let id = strings.intern(&name);
    let mut event = Event::new(id, said.event, at, Actor { party: said.by, person });
    event.channel = said.channel;
    // What nothing asks about may be anything.
    let any = |it: &Value| if *it == Value::Unset { Value::Number(0.into()) } else { *it };
    event.history = said.history.iter().map(any).collect();
    let Some(declared) = protocol.events.get(said.event.index()) else { return event };
    if declared.written {
        event.channel = said.channel.filter(|it| is_written(machine, *it)).or_else(|| {
            let all = (0..protocol.channels.len()).map(ChannelId::at);
            all.into_iter().find(|it| is_written(machine, *it))
        });
    }
    event.reason = declared.reason.then(|| strings.intern(REASON));
    let mut made = Made { machine, strings, id: &name, today };
    for carried in &declared.carries {
        let told = said.data.iter().find(|(id, _)| *id == carried.field).map(|(_, it)| *it);
        let told = told.filter(|it| *it != Value::Unset);
        let field = protocol.fields.get(carried.field.index());
        if let (Some(field), true) = (field, told.is_some() || carried.required) {
            event.data.push((carried.field, made.value(field, told)));
        }
    }
    event.data.sort_by_key(|(field, _)| *field);
    if let Some(of) = declared.of {
        (event.entry, event.entry_data) = made.entry(&walk.case, of, said);
    }
    built_in(machine, &mut event, said, &walk.case, strings);
    event
}

fn is_written(machine: &Machine, channel: ChannelId) -> bool {
    machine.protocol.channels.get(channel.index()).is_some_and(|it| it.written)
}

/// What the events of the language name besides.
fn built_in(
    machine: &Machine,
    event: &mut Event,
    said: &Reported,
    case: &Case,
    strings: &mut Strings,
) {
    let declared = machine.protocol.events.get(said.event.index());
    let built_in = declared.and_then(|it| it.built_in);
    let knows_kinds = !machine.protocol.intake.is_empty();
    let opens = said.event == EventId::OPENED;
    if opens {
        event.intake = said.intake;
    }
    // Other cases are those of somebody.
    if (opens && (knows_kinds || !said.history.is_empty())) || built_in == Some(BuiltIn::Converted)
    {
        event.complainant = Some(strings.intern("complainant-1"));
    }
    if built_in.is_some_and(BuiltIn::names_a_case) {
        event.case = Some(strings.intern("another case"));
    }
    if built_in == Some(BuiltIn::LetterFailed) {
        event.letter = case.sent.first().copied();
    }
}

/// Values for one event.
struct Made<'a, 's> {
    machine: &'a Machine,
    strings: &'s mut Strings,
    id: &'a str,
    today: NaiveDate,
}

impl Made<'_, '_> {
    /// A value that a field may hold: what was said, with texts of our own.
    fn value(&mut self, field: &Field, told: Option<Value>) -> Value {
        if field.personal {
            return Value::Slot(self.strings.intern(&format!("{}/{}", self.id, field.name)));
        }
        match (&field.kind, told) {
            (FieldKind::Number | FieldKind::Money(_), Some(Value::Number(it))) => Value::Number(it),
            (FieldKind::Number | FieldKind::Money(_), _) => Value::Number(0.into()),
            (FieldKind::Choice(_) | FieldKind::Role(_), Some(Value::Choice(it))) => {
                Value::Choice(it)
            }
            (FieldKind::Choice(_) | FieldKind::Role(_), _) => Value::Choice(0),
            (FieldKind::Flag, Some(Value::Flag(it))) => Value::Flag(it),
            (FieldKind::Flag, _) => Value::Flag(false),
            // The first day of 1970 stands for any date.
            (FieldKind::Date, Some(Value::Date(on))) if on != NaiveDate::default() => {
                Value::Date(on)
            }
            (FieldKind::Date, _) => Value::Date(self.today),
            (FieldKind::File, _) => {
                Value::Text(self.strings.intern(&format!("sha256:{}", "0".repeat(64))))
            }
            (FieldKind::Text, told) => Value::Text(self.text(field, told)),
        }
    }

    /// A text that the protocol knows stays what it is; any other is the name of the field.
    fn text(&mut self, field: &Field, told: Option<Value>) -> Symbol {
        let known = match told {
            Some(Value::Text(it)) => self.strings.get(it),
            _ => "",
        };
        let text = if known.trim().is_empty() { field.title.clone() } else { known.to_owned() };
        let text = if text.trim().is_empty() { field.name.clone() } else { text };
        self.strings.intern(&text)
    }

    fn entry(
        &mut self,
        case: &Case,
        of: OfRecord,
        said: &Reported,
    ) -> (Option<Symbol>, Vec<(u16, Value)>) {
        let entries = case.entries(of.record);
        let nth = said.entry.and_then(|it| usize::from(it).checked_sub(1));
        let id = match of.act {
            EntryAct::Added => {
                self.strings.intern(&format!("n{}", entries.len().saturating_add(1)))
            }
            EntryAct::Changed | EntryAct::Done => {
                let meant = nth.and_then(|it| entries.get(it));
                let open = || entries.iter().find(|it| it.done_at.is_none());
                match meant.or_else(open).or(entries.last()) {
                    Some(it) => it.id,
                    None => self.strings.intern("n1"),
                }
            }
        };
        let record = self.machine.protocol.records.get(of.record.index());
        let mut data = Vec::new();
        for (place, it) in (0u16..).zip(record.into_iter().flat_map(|it| &it.fields)) {
            let told = said.entry_data.iter().find(|(at, _)| *at == place).map(|(_, it)| *it);
            let told = told.filter(|it| *it != Value::Unset);
            let brings = match of.act {
                EntryAct::Added => told.is_some() || it.field.required,
                EntryAct::Changed => it.changes && (told.is_some() || said.entry_data.is_empty()),
                EntryAct::Done => false,
            };
            if brings {
                data.push((place, self.value(&it.field, told)));
            }
        }
        (Some(id), data)
    }
}

/// So many days after its due date it is tried whether a deadline can be put off to.
const PUT_OFF_DAYS: [u64; 10] = [365, 180, 120, 90, 56, 42, 28, 14, 7, 1];

/// So many days after an event a date may lie that it brings and that something is counted to, or
/// from.
const LATER_DAYS: [u64; 6] = [0, 7, 28, 60, 120, 365];

/// The event with each of the dates that it may bring, where something is counted to them or from
/// them: those to which it may put off an open deadline, else some days from then on; and about each
/// of the entries that it may be about.
pub(super) fn variants(
    engine: &mut Engine<'_>,
    walk: &Walk,
    event: Event,
    first: First,
) -> Vec<Event> {
    if let Some(mut put_off) = put_off(engine, walk, &event) {
        if first == First::Soon {
            put_off.reverse();
        }
        return put_off;
    }
    let of_entries = other_entries(engine.machine, walk, &event);
    let dated = dated(engine.machine, event);
    let of_other = |it: &Event| {
        let with = |entry: &Symbol| Event { entry: Some(*entry), ..it.clone() };
        of_entries.iter().map(with).collect::<Vec<_>>()
    };
    let others: Vec<Event> = dated.iter().flat_map(of_other).collect();
    dated.into_iter().chain(others).collect()
}

/// At most so many entries are tried.
const ENTRIES_MAX: usize = 4;

/// The other entries of its record that an event may be about, the last added first: which of them
/// is meant a path says only of those that it follows.
fn other_entries(machine: &Machine, walk: &Walk, event: &Event) -> Vec<Symbol> {
    let of = machine.protocol.events.get(event.kind.index()).and_then(|it| it.of);
    let Some(of) = of.filter(|it| it.act != EntryAct::Added) else { return Vec::new() };
    let entries = walk.case.entries(of.record).iter().rev().map(|it| it.id);
    entries.filter(|it| Some(*it) != event.entry).take(ENTRIES_MAX).collect()
}

/// The event with each of the dates from which, or to which, something is counted that it may
/// bring.
fn dated(machine: &Machine, event: Event) -> Vec<Event> {
    let today = machine.protocol.zone.civil(event.at).date();
    let counts = |field: FieldId| {
        machine.protocol.deadlines.iter().any(|it| {
            let starts = it.starts.iter().chain(&it.restarts);
            it.due == Some(Agreed::Field(field))
                || starts.copied().any(|point| point == Point::Date(field))
        })
    };
    let is_date = |it: &Value| matches!(it, Value::Date(_));
    let counted: Vec<FieldId> =
        event.data.iter().filter(|it| is_date(&it.1) && counts(it.0)).map(|it| it.0).collect();
    let of_entry = machine.protocol.deadlines.iter().any(|it| it.for_each.is_some())
        && event.entry_data.iter().any(|it| is_date(&it.1));
    if counted.is_empty() && !of_entry {
        return vec![event];
    }
    let moved = |days: &u64| {
        let on = Value::Date(today.checked_add_days(chrono::Days::new(*days))?);
        let mut moved = event.clone();
        moved.data.iter_mut().filter(|it| counted.contains(&it.0)).for_each(|it| it.1 = on);
        let entry = moved.entry_data.iter_mut().filter(|it| of_entry && is_date(&it.1));
        entry.for_each(|it| it.1 = on);
        Some(moved)
    };
    LATER_DAYS.iter().filter_map(moved).chain([event.clone()]).collect()
}

/// The event with each date to which it may put off an open deadline, the latest first.
fn put_off(engine: &mut Engine<'_>, walk: &Walk, event: &Event) -> Option<Vec<Event>> {
    let machine = engine.machine;
    let zone = &machine.protocol.zone;
    for (id, place) in machine.extensions(event.kind) {
        let Some(clock) = walk.case.open(*id) else { continue };
        let deadline = machine.protocol.deadlines.get(id.index());
        let extension = deadline.and_then(|it| it.extend.get(usize::from(*place)));
        let Some(Lengthen::Until { field, .. }) = extension.map(|it| &it.lengthen) else {
            continue;
        };
        let due = zone.civil(clock.times.due.unwrap_or(event.at)).date();
        let to = |days: u64| {
            let on = due.checked_add_days(chrono::Days::new(days))?;
            let mut event = event.clone();
            event.data.iter_mut().filter(|it| it.0 == *field).for_each(|it| {
                it.1 = Value::Date(on);
            });
            if event.brings(*field).is_none() {
                event.data.push((*field, Value::Date(on)));
                event.data.sort_by_key(|(field, _)| *field);
            }
            Some(event)
        };
        let Some(most) = latest(engine, walk, &to) else { return Some(Vec::new()) };
        let fewer = PUT_OFF_DAYS.into_iter().filter(|it| *it < most);
        return Some(std::iter::once(most).chain(fewer).filter_map(to).collect());
    }
    None
}

/// The most days after its due date to which a deadline may be put off, of those up to a year:
/// what is accepted is one stretch of days.
fn latest(engine: &mut Engine<'_>, walk: &Walk, to: &dyn Fn(u64) -> Option<Event>) -> Option<u64> {
    let mut may = |days: u64| to(days).is_some_and(|it| engine.accepts(walk, &it));
    let mut refused: Option<u64> = None;
    let mut accepted: Option<u64> = None;
    for days in PUT_OFF_DAYS {
        if may(days) {
            accepted = Some(days);
            break;
        }
        refused = Some(days);
    }
    let mut most = accepted?;
    let Some(mut least_refused) = refused else { return Some(most) };
    while most + 1 < least_refused {
        let middle = most + (least_refused - most) / 2;
        if may(middle) {
            most = middle;
        } else {
            least_refused = middle;
        }
    }
    Some(most)
}

/// Whoever is meant by a party of the protocol, as a case stands.
pub(super) fn party(machine: &Machine, case: &Case, doer: Doer) -> Option<Party> {
    let handler = || {
        let rung = machine.protocol.ladder.get(case.rung.index())?;
        Some(Party::Role(rung.handled_by))
    };
    match doer {
        Doer::Party(party) => Some(party),
        Doer::Handler => handler(),
        Doer::Owner => match machine.protocol.stages.get(case.stage.index())?.owner? {
            Doer::Party(party) => Some(party),
            Doer::Handler => handler(),
            Doer::Owner => None,
        },
    }
}
