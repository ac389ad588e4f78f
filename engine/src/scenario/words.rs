//! Instants, names and values as people read them.

use crate::machine::Machine;
use crate::model::{
    DeadlineId, Doer, EventId, Field, FieldId, GuaranteeId, IntakeId, LetterId, Party, RecordId,
    RuleId, RungId, StageId, TrendId,
};
use crate::runtime::{self, Case, ClockId, Given, ReportedAt, entry_of};
use crate::scenario::{ClockName, Due, When};
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

/// A clock as scenarios name it: `answer`, `keep_promise#p1`.
pub(crate) fn clock_name(machine: &Machine, name: &ClockName) -> String {
    let deadline = deadline(machine, name.deadline);
    match &name.entry {
        Some(entry) => format!("{deadline}#{entry}"),
        None => deadline.to_owned(),
    }
}

/// A clock in a sentence: `answer`, `keep_promise of p1`.
pub(crate) fn clock(machine: &Machine, strings: &Strings, case: &Case, clock: ClockId) -> String {
    let deadline = deadline(machine, clock.deadline);
    match entry_of(machine, case, clock) {
        Some(entry) => format!("{deadline} of {}", strings.get(entry)),
        None => deadline.to_owned(),
    }
}

pub(crate) fn record(machine: &Machine, id: RecordId) -> &str {
    machine.protocol.records.get(id.index()).map_or("", |it| &it.name)
}

pub(crate) fn letter(machine: &Machine, id: LetterId) -> &str {
    machine.protocol.letters.get(id.index()).map_or("", |it| &it.name)
}

pub(crate) fn intake(machine: &Machine, id: IntakeId) -> &str {
    machine.protocol.intake.get(id.index()).map_or("", |it| &it.name)
}

/// The id of a guarantee.
pub(crate) fn guarantee(machine: &Machine, id: GuaranteeId) -> &str {
    machine.protocol.guarantees.get(id.index()).map_or("", |it| &it.id)
}

pub(crate) fn trend(machine: &Machine, id: TrendId) -> &str {
    machine.protocol.trends.get(id.index()).map_or("", |it| &it.name)
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

/// That somebody is told, now or from an instant on.
pub(crate) fn told(machine: &Machine, who: Party, from: Option<Instant>) -> String {
    let from = from.map_or_else(String::new, |at| format!(" from {} on", instant(machine, at)));
    format!("{} told{from}", party(machine, who))
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

/// " for agent": who answers for a clock.
pub(crate) fn who(machine: &Machine, case: &Case, clock: ClockId) -> String {
    let deadline = machine.protocol.deadlines.get(clock.deadline.index());
    let named = || runtime::who(machine, case, clock).map(|it| party(machine, it));
    let who = match deadline {
        Some(deadline) if deadline.for_each.is_some() => named(),
        _ => deadline.and_then(|it| it.who).map(|who| doer(machine, who)),
    };
    who.map_or_else(String::new, |who| format!(" for {who}"))
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

/// What is written instead of a value or reason that only some roles read.
pub(crate) const CONFIDENTIAL: &str = "(confidential)";

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

/// A value that a field of the case holds.
pub(crate) fn value(machine: &Machine, strings: &Strings, id: FieldId, value: Value) -> String {
    let field = machine.protocol.fields.get(id.index());
    field.map_or_else(String::new, |field| value_words(machine, strings, field, value))
}

/// The value that a field of the case or of an entry holds, as people read it; of a personal one
/// only that it is there.
#[must_use]
pub fn value_words(machine: &Machine, strings: &Strings, field: &Field, held: Value) -> String {
    use crate::model::FieldKind;
    match (held, &field.kind) {
        (Value::Unset, _) => "unset".to_owned(),
        (Value::Flag(true), _) => "yes".to_owned(),
        (Value::Flag(false), _) => "no".to_owned(),
        (Value::Number(number), FieldKind::Money(currency)) => format!("{number} {currency}"),
        (Value::Number(number), _) => number.to_string(),
        (Value::Choice(place), FieldKind::Choice(set) | FieldKind::Role(set)) => {
            let set = machine.protocol.scope.set(*set);
            set.and_then(|set| set.name(place)).unwrap_or_default().to_owned()
        }
        (Value::Choice(place), _) => place.to_string(),
        (Value::Date(on), _) => spoken_date(on),
        (Value::Text(symbol), _) => strings.get(symbol).to_owned(),
        (Value::Slot(_), _) => "(personal)".to_owned(),
    }
}
