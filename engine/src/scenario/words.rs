//! Instants, names and values as people read them.

use crate::machine::Machine;
use crate::model::{
    DeadlineId, Doer, EventId, Field, FieldId, LetterId, Party, RuleId, RungId, StageId,
};
use crate::runtime::{Given, ReportedAt};
use crate::scenario::{Due, When};
use crate::script::Value;
use crate::text::Strings;
use crate::time::{Instant, spoken, spoken_date};

/// "Wed 15 Apr 2026 17:00" in the zone of the protocol.
pub(crate) fn instant(machine: &Machine, at: Instant) -> String {
    spoken(&machine.protocol.zone, at)
}

pub(crate) fn reported_at(machine: &Machine, at: ReportedAt) -> String {
    match at {
        ReportedAt::Instant(at) => instant(machine, at),
        ReportedAt::Date(on) => spoken_date(on),
    }
}

pub(crate) fn when(machine: &Machine, when: When) -> String {
    match when {
        When::At(at) => instant(machine, at),
        When::On(on) => spoken_date(on),
    }
}

pub(crate) fn due(machine: &Machine, expected: Due) -> String {
    match expected {
        Due::When(at) => when(machine, at),
        Due::Paused => "paused".to_owned(),
    }
}

pub(crate) fn event(machine: &Machine, id: EventId) -> &str {
    machine.protocol.events.get(id.index()).map_or("", |it| &it.name)
}

pub(crate) fn deadline(machine: &Machine, id: DeadlineId) -> &str {
    machine.protocol.deadlines.get(id.index()).map_or("", |it| &it.name)
}

pub(crate) fn letter(machine: &Machine, id: LetterId) -> &str {
    machine.protocol.letters.get(id.index()).map_or("", |it| &it.name)
}

pub(crate) fn stage(machine: &Machine, id: StageId) -> &str {
    machine.protocol.stages.get(id.index()).map_or("", |it| &it.name)
}

/// The name of a rung; empty where there is no ladder.
pub(crate) fn rung(machine: &Machine, id: RungId) -> &str {
    machine.protocol.ladder.get(id.index()).map_or("", |it| &it.name)
}

pub(crate) fn field(machine: &Machine, id: FieldId) -> &str {
    machine.protocol.fields.get(id.index()).map_or("", |it| &it.name)
}

pub(crate) fn party(machine: &Machine, party: Party) -> &str {
    machine.protocol.party_name(party)
}

/// Who is meant, as the protocol says it: `@handler` stays what it is.
pub(crate) fn doer(machine: &Machine, doer: Doer) -> &str {
    match doer {
        Doer::Party(party) => self::party(machine, party),
        Doer::Handler => "the handler",
        Doer::Owner => "the owner",
    }
}

/// " for agent": who answers for a deadline.
pub(crate) fn who(machine: &Machine, id: DeadlineId) -> String {
    let who = machine.protocol.deadlines.get(id.index()).and_then(|it| it.who);
    who.map_or_else(String::new, |who| format!(" for {}", doer(machine, who)))
}

/// " to complainant, copy to manager".
pub(crate) fn recipients(machine: &Machine, id: LetterId) -> String {
    let Some(letter) = machine.protocol.letters.get(id.index()) else { return String::new() };
    let listed =
        |doers: &[Doer]| doers.iter().map(|it| doer(machine, *it)).collect::<Vec<_>>().join(", ");
    let copy = if letter.copy.is_empty() {
        String::new()
    } else {
        format!(", copy to {}", listed(&letter.copy))
    };
    format!(" to {}{copy}", listed(&letter.to))
}

/// The legal source of an entry, in brackets with a blank before; empty where it
/// has none of its own.
pub(crate) fn source(machine: &Machine, rule: RuleId) -> String {
    let rule = machine.protocol.rule(rule);
    match (&rule.source, rule.unverified) {
        _ if rule.inherited => String::new(),
        (None, _) => String::new(),
        (Some(source), false) => format!(" [{source}]"),
        (Some(source), true) => format!(" [{source}, unverified]"),
    }
}

pub(crate) fn given(given: &Given) -> String {
    match given {
        Given::Text(text) => text.clone(),
        Given::Number(number) => number.to_string(),
        Given::Flag(true) => "yes".to_owned(),
        Given::Flag(false) => "no".to_owned(),
        Given::Date(on) => spoken_date(*on),
        Given::Slot(_) => "(personal)".to_owned(),
    }
}

/// A value that a case holds.
pub(crate) fn value(machine: &Machine, strings: &Strings, id: FieldId, value: Value) -> String {
    use crate::model::FieldKind;
    let kind = machine.protocol.fields.get(id.index()).map(|it| &it.kind);
    match (value, kind) {
        (Value::Unset, _) => "unset".to_owned(),
        (Value::Flag(true), _) => "yes".to_owned(),
        (Value::Flag(false), _) => "no".to_owned(),
        (Value::Number(number), Some(FieldKind::Money(currency))) => format!("{number} {currency}"),
        (Value::Number(number), _) => number.to_string(),
        (Value::Choice(place), Some(FieldKind::Choice(set) | FieldKind::Role(set))) => {
            let set = machine.protocol.scope.set(*set);
            set.and_then(|set| set.name(place)).unwrap_or_default().to_owned()
        }
        (Value::Choice(place), _) => place.to_string(),
        (Value::Date(on), _) => spoken_date(on),
        (Value::Text(symbol), _) => strings.get(symbol).to_owned(),
        (Value::Slot(_), _) => "(personal)".to_owned(),
    }
}

/// The value that a case holds in a field, as people read it; of a personal one only that it is
/// there.
#[must_use]
pub fn value_words(machine: &Machine, strings: &Strings, field: &Field, held: Value) -> String {
    let id = machine.protocol.field(&field.name);
    id.map_or_else(String::new, |id| value(machine, strings, id, held))
}
