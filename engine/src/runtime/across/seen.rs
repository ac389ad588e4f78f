//! A case under one version of a protocol, as another version sees it: by names.

use crate::machine::Machine;
use crate::model::{Field, FieldId, FieldKind, LevelId, RecordId, StageId, StopId};
use crate::runtime::{Case, Entry, StopStream};
use crate::script::Value;
use crate::text::{Strings, Symbol};

/// A case that was decided by another machine.
#[derive(Clone, Copy, Debug)]
pub struct Seen<'a> {
    /// The machine that decided it.
    pub machine: &'a Machine,
    /// Its strings.
    pub strings: &'a Strings,
    /// The case.
    pub case: &'a Case,
}

/// A case as another version of its protocol sees it, to be looked back at: when it was opened and
/// by whom, whether it is closed, its severity, its fields and entries of the same name and kind. What
/// the other version does not know is unset. Nothing is counted in it, so that time does not act on it.
#[must_use]
pub fn seen_by(machine: &Machine, strings: &mut Strings, seen: Seen<'_>) -> Case {
    let (from, case) = (&seen.machine.protocol, seen.case);
    let to = &machine.protocol;
    let mut view = Case::new(machine);
    let mut symbol = |it: Symbol| strings.intern(seen.strings.get(it));
    view.opened_at = case.opened_at;
    view.closed = case.closed;
    view.merged = case.merged;
    view.complainant = case.complainant.map(&mut symbol);
    view.respondent = case.respondent.map(&mut symbol);
    view.last_at = case.last_at;
    view.reported_at = case.reported_at;
    view.acted_at = case.acted_at;
    view.sequence = case.sequence;
    view.stage = stage(machine, &seen);
    view.severity = case.severity.and_then(|it| level(machine, seen.machine.level_name(it)));
    for (place, field) in to.fields.iter().enumerate() {
        let Some(id) = from.field(&field.name) else { continue };
        let Some(own) = from.fields.get(id.index()) else { continue };
        let value = same((seen.machine, own), (machine, field), case.field(id), &mut symbol);
        if let Some(slot) = view.fields.get_mut(FieldId::at(place).index()) {
            *slot = value;
        }
    }
    entries(machine, &mut view, seen, &mut symbol);
    view
}

/// A stop as another version of its protocol sees it: its stage, which is the same in all. `None`
/// where the other version has no stop of this name. `on` is the case in the other register.
#[must_use]
pub fn stop_seen_by(
    machine: &Machine,
    strings: &mut Strings,
    (from, from_strings): (&Machine, &Strings),
    stream: &StopStream,
    on: crate::runtime::CaseKey,
) -> Option<StopStream> {
    let name = &from.protocol.stops.get(stream.stop.index())?.name;
    let stop: StopId = machine.protocol.stop(name)?;
    let person = stream.complainant.map(|it| strings.intern(from_strings.get(it)));
    let mut seen = StopStream::new(machine, stop, on, person)?;
    seen.case.stage = stream.case.stage;
    seen.case.opened_at = stream.case.opened_at;
    seen.case.last_at = stream.case.last_at;
    Some(seen)
}

/// The level of severity of a name.
fn level(machine: &Machine, name: &str) -> Option<LevelId> {
    let set = machine.protocol.sets.levels.and_then(|set| machine.protocol.scope.set(set))?;
    let place = set.names.iter().position(|it| it == name)?;
    u16::try_from(place).ok().map(LevelId)
}

/// The stage of the same name; else one that is an end stage as well, or is not.
fn stage(machine: &Machine, seen: &Seen<'_>) -> StageId {
    let stages = &machine.protocol.stages;
    let own = seen.machine.protocol.stages.get(seen.case.stage.index());
    let named = own.and_then(|own| stages.iter().position(|it| it.name == own.name));
    let alike = || stages.iter().position(|it| it.end).filter(|_| seen.case.closed);
    named.or_else(alike).map_or(machine.protocol.start, StageId::at)
}

fn entries(
    machine: &Machine,
    view: &mut Case,
    seen: Seen<'_>,
    symbol: &mut impl FnMut(Symbol) -> Symbol,
) {
    let from = &seen.machine.protocol;
    for (place, record) in machine.protocol.records.iter().enumerate() {
        let Some(theirs) = from.records.iter().position(|it| it.name == record.name) else {
            continue;
        };
        let Some(own) = from.records.get(theirs) else { continue };
        let (id, theirs) = (RecordId::at(place), RecordId::at(theirs));
        let width = u16::try_from(record.fields.len()).unwrap_or(u16::MAX);
        for (number, entry) in (1u16..).zip(seen.case.entries(theirs)) {
            let entry = Entry { id: symbol(entry.id), ..*entry };
            let all = view.entries.get_or_insert_default();
            all.add(id, entry, width);
            for (at, field) in (0u16..).zip(&record.fields) {
                let Some(their_at) = own.field(&field.field.name) else { continue };
                let Some(their) = own.fields.get(usize::from(their_at)) else { continue };
                let value = seen.case.entry_value(theirs, number, their_at);
                let (one, other) = ((seen.machine, &their.field), (machine, &field.field));
                all.set(id, number, at, same(one, other, value, symbol));
            }
        }
    }
}

/// A value in a field of the same name: unset where the field is of another kind, or does not know
/// the choice.
fn same(
    (from, own): (&Machine, &Field),
    (to, field): (&Machine, &Field),
    value: Value,
    symbol: &mut impl FnMut(Symbol) -> Symbol,
) -> Value {
    if own.personal != field.personal {
        return Value::Unset;
    }
    match (value, &own.kind, &field.kind) {
        (Value::Text(text), _, FieldKind::Text | FieldKind::File) => Value::Text(symbol(text)),
        (Value::Slot(slot), ..) => Value::Slot(symbol(slot)),
        (Value::Number(_), FieldKind::Money(one), FieldKind::Money(other)) if one != other => {
            Value::Unset
        }
        (Value::Number(_), _, FieldKind::Number | FieldKind::Money(_))
        | (Value::Flag(_), _, FieldKind::Flag)
        | (Value::Date(_), _, FieldKind::Date) => value,
        (
            Value::Choice(place),
            FieldKind::Choice(theirs) | FieldKind::Role(theirs),
            FieldKind::Choice(ours) | FieldKind::Role(ours),
        ) => {
            let name = from.protocol.scope.set(*theirs).and_then(|set| set.name(place));
            let ours = to.protocol.scope.set(*ours);
            let found = name.zip(ours).and_then(|(name, set)| {
                set.names.iter().position(|it| *it == name).and_then(|it| u16::try_from(it).ok())
            });
            found.map_or(Value::Unset, Value::Choice)
        }
        _ => Value::Unset,
    }
}
