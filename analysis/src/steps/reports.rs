//! The events that are tried: every one that a case takes, by somebody who may, with data that is
//! left open wherever conditions decide what matters of it.

use engine::machine::Machine;
use engine::model::{
    Agreed, Barred, BuiltIn, ChannelId, Doer, EntryAct, Event as Declared, EventId, Field, FieldId,
    FieldKind, IntakeId, Lengthen, LetterId, Party, Point, RecordId, Variable,
};
use engine::runtime::{Actor, Case, Clock, ClockState, Event, Mark, MarkKind, allowed, ledger};
use engine::script::Value;
use engine::text::Symbol;
use engine::time::{Instant, NaiveDate};

use crate::steps::follow::is_looked_at;
use crate::steps::given::{Known, is_date, known, unknown};
use crate::steps::normal::{ENTRY, Normal};
use crate::steps::oracle::Report;

/// Whoever acts, and whatever else needs a name.
const SOMEBODY: Symbol = Symbol(u32::MAX - 10);

/// So many days after a due date it is tried whether a clock can be put off to.
const PUT_OFF_DAYS: usize = 8;

/// An event to try, in a case that may differ from the one that is looked at in what is not
/// known of it.
#[derive(Clone, Debug)]
pub(super) struct Try {
    pub(super) case: Case,
    pub(super) event: Event,
    pub(super) report: Report,
}

/// Everything to try in a case.
pub(super) fn tries(normal: &Normal<'_>, case: &Case) -> Vec<Try> {
    let machine = normal.machine;
    let mut tries = Vec::new();
    for id in allowed(machine, case) {
        let declared = &machine.protocol.events[id.index()];
        let wanted = || id == EventId::OPENED || normal.matters.wants(machine, case.stage, id);
        if is_looked_at(declared.built_in) && wanted() {
            of_event(normal, case, id, declared, &mut tries);
        }
    }
    tries
}

fn of_event(
    normal: &Normal<'_>,
    case: &Case,
    id: EventId,
    declared: &Declared,
    tries: &mut Vec<Try>,
) {
    let machine = normal.machine;
    let report =
        Report { channels: channels(normal, declared), parties: parties(machine, case, declared) };
    let Some(party) = report.parties.first() else { return };
    let actor = Actor { party: *party, person: Some(SOMEBODY) };
    let plain = Event {
        channel: report.channels.first().copied(),
        reason: Some(SOMEBODY),
        complainant: Some(SOMEBODY),
        case: Some(SOMEBODY),
        ..Event::new(SOMEBODY, id, normal.anchor.now, actor)
    };
    let kinds = match id {
        EventId::OPENED if !machine.protocol.intake.is_empty() => {
            (0..machine.protocol.intake.len()).map(|at| Some(IntakeId::at(at))).collect()
        }
        _ => vec![None],
    };
    for intake in kinds {
        for data in data(normal, case, declared, intake) {
            let event = Event { data, intake, ..plain.clone() };
            for (case, event) in around(normal, case, event, declared) {
                tries.push(Try { case, event, report: report.clone() });
            }
        }
    }
}

/// The cases around the one that is looked at in which the event may happen.
fn around(
    normal: &Normal<'_>,
    case: &Case,
    event: Event,
    declared: &Declared,
) -> Vec<(Case, Event)> {
    let machine = normal.machine;
    if let Some(of) = declared.of {
        return with_entry(normal, case, &event, of.record, of.act);
    }
    match declared.built_in {
        Some(BuiltIn::LetterFailed) => {
            // One that no condition asks about, where there is one.
            let all = (0..machine.protocol.letters.len()).map(LetterId::at);
            let free = all.clone().find(|it| !normal.matters.variable(Variable::Sent(*it)));
            let Some(letter) = free.or_else(|| case.sent.first().copied()) else {
                return Vec::new();
            };
            let mut sent = case.clone();
            if let Err(place) = sent.sent.binary_search(&letter) {
                sent.sent.insert(place, letter);
            }
            vec![(sent, Event { letter: Some(letter), ..event })]
        }
        Some(BuiltIn::Converted) => {
            let becomes = machine.protocol.intake.get(case.intake.index());
            let becomes = becomes.and_then(|it| machine.protocol.intake.get(it.becomes?.index()));
            let mut filled = case.clone();
            for field in becomes.map_or(&[][..], |it| &it.required) {
                if filled.field(*field) == Value::Unset {
                    filled.fields[field.index()] = unknown(Known::Set, is_date(machine, *field));
                }
            }
            vec![(filled, event)]
        }
        _ => vec![(case.clone(), event)],
    }
}

/// What an event of a record may happen to: the entry that is followed, or another.
fn with_entry(
    normal: &Normal<'_>,
    case: &Case,
    event: &Event,
    record: RecordId,
    act: EntryAct,
) -> Vec<(Case, Event)> {
    let machine = normal.machine;
    let Some(declared) = machine.protocol.records.get(record.index()) else { return Vec::new() };
    let dates: Vec<u16> = normal
        .matters
        .deadlines(machine)
        .filter(|(_, it)| it.for_each.is_some_and(|it| it.record == record))
        .filter_map(|(_, it)| match it.due {
            Some(Agreed::Entry(field)) => Some(field),
            _ => None,
        })
        .collect();
    let day = normal.machine.protocol.zone.civil(normal.anchor.far).date();
    let value = |place: u16, field: &Field| match dates.contains(&place) {
        true => Value::Date(day),
        false => some_value(field, day),
    };
    let fields = || (0u16..).zip(&declared.fields);
    let mut found = Vec::new();
    let mut with = |case: &Case, id: Symbol, entry_data: Vec<(u16, Value)>| {
        found.push((case.clone(), Event { entry: Some(id), entry_data, ..event.clone() }));
    };
    match act {
        EntryAct::Added => {
            let must = fields().filter(|(_, it)| it.field.required);
            let must: Vec<_> = must.map(|(at, it)| (at, value(at, &it.field))).collect();
            let may = fields().filter(|(at, it)| it.field.required || dates.contains(at));
            let may: Vec<_> = may.map(|(at, it)| (at, value(at, &it.field))).collect();
            let mut fresh = case.clone();
            forget_entry(normal, &mut fresh, record);
            let other = Symbol(ENTRY.0 - 100);
            for data in [must.clone(), may.clone()] {
                with(&fresh, ENTRY, data.clone());
                if !case.entries(record).is_empty() {
                    with(case, other, data);
                }
                if must == may {
                    break;
                }
            }
        }
        EntryAct::Changed => {
            for (at, it) in fields().filter(|(_, it)| it.changes) {
                with(case, ENTRY, vec![(at, value(at, &it.field))]);
            }
        }
        EntryAct::Done => with(case, ENTRY, Vec::new()),
    }
    found
}

/// Forgets the entry that is followed, and its clocks: another is followed instead.
fn forget_entry(normal: &Normal<'_>, case: &mut Case, record: RecordId) {
    let kept: Vec<RecordId> = normal.matters.records().filter(|it| *it != record).collect();
    normal.keep_entries(case, &kept);
    let is_of = |id: engine::model::DeadlineId| {
        let deadline = normal.machine.protocol.deadlines.get(id.index());
        deadline.and_then(|it| it.for_each).is_some_and(|it| it.record == record)
    };
    case.clocks.retain(|it| !is_of(it.id.deadline));
    case.marks.retain(|it| !is_of(it.clock.deadline));
    case.pending.retain(|it| match it {
        engine::runtime::Pending::Met(id) | engine::runtime::Pending::Start(id, _) => !is_of(*id),
    });
}

fn parties(machine: &Machine, case: &Case, declared: &Declared) -> Vec<Party> {
    let protocol = &machine.protocol;
    let handler = || protocol.ladder.get(case.rung.index()).map(|it| Party::Role(it.handled_by));
    let meant = |doer: &Doer| match doer {
        Doer::Party(party) => Some(*party),
        Doer::Handler => handler(),
        Doer::Owner => match protocol.stages.get(case.stage.index())?.owner? {
            Doer::Party(party) => Some(party),
            Doer::Handler | Doer::Owner => handler(),
        },
    };
    let is_barred = |party: &Party| {
        *party == Party::Respondent && declared.not_by.contains(&Barred::Respondent)
    };
    let mut parties: Vec<Party> =
        declared.by.iter().filter_map(meant).filter(|it| !is_barred(it)).collect();
    let deputies: Vec<Party> = parties
        .iter()
        .filter_map(|it| match it {
            Party::Role(role) => protocol.roles.get(role.index())?.deputy.map(Party::Role),
            _ => None,
        })
        .collect();
    for deputy in deputies {
        if !parties.contains(&deputy) {
            parties.push(deputy);
        }
    }
    let mut seen = Vec::new();
    parties.retain(|it| {
        !seen.contains(it) && {
            seen.push(*it);
            true
        }
    });
    parties
}

/// The channels that conditions can tell apart, one in writing first.
fn channels(normal: &Normal<'_>, declared: &Declared) -> Vec<ChannelId> {
    let all = normal.machine.protocol.channels.iter().enumerate();
    let of = |written: bool| {
        let all = all.clone().filter(move |(_, it)| it.written == written);
        all.map(|(at, _)| ChannelId::at(at)).collect::<Vec<_>>()
    };
    let (mut written, mut other) = (of(true), of(false));
    if declared.written {
        other.clear();
    }
    if !normal.given.tells_channels {
        written.truncate(1);
        other.truncate(1);
    }
    written.extend(other);
    written
}

type Data = Vec<(FieldId, Value)>;

/// What an event may bring, so far as decisions read it past all conditions; the rest is open.
fn data(
    normal: &Normal<'_>,
    case: &Case,
    declared: &Declared,
    intake: Option<IntakeId>,
) -> Vec<Data> {
    let machine = normal.machine;
    let kind = intake.and_then(|it| machine.protocol.intake.get(it.index()));
    let mut found: Vec<Data> = vec![Vec::new()];
    for carried in &declared.carries {
        let field = carried.field;
        let required = carried.required || kind.is_some_and(|it| it.required.contains(&field));
        let options = options(normal, case, declared, field, required);
        let with = |data: &Data, value: &Option<Value>| {
            let mut data = data.clone();
            data.extend(value.map(|it| (field, it)));
            data
        };
        found = found
            .iter()
            .flat_map(|data| options.iter().map(move |value| with(data, value)))
            .collect();
    }
    for data in &mut found {
        data.sort_by_key(|it| it.0);
    }
    found
}

/// What an event may bring of one field; `None` where it does not bring it.
fn options(
    normal: &Normal<'_>,
    case: &Case,
    declared: &Declared,
    field: FieldId,
    required: bool,
) -> Vec<Option<Value>> {
    let machine = normal.machine;
    let day = machine.protocol.zone.civil(normal.anchor.far).date();
    let Some(of) = machine.protocol.fields.get(field.index()) else { return vec![None] };
    let without = (!required).then_some(None);
    let matters =
        normal.matters.variable(Variable::Field(field)) || normal.matters.has(Point::Date(field));
    if !matters {
        let brings = required || normal.matters.wants_field(field);
        return vec![brings.then(|| some_value(of, day))];
    }
    if normal.given.eager.get(field.index()) == Some(&true) {
        let mut values = eager(normal, case, declared, field, of);
        values.extend(without);
        return values;
    }
    // What is not brought stays as it was, which may be anything that could be brought as well,
    // or nothing.
    let before = case.field(field);
    let has_default = of.default.is_some() && case.opened_at.is_none();
    let open = match before {
        _ if required || has_default => Known::Set,
        Value::Unset => Known::Anything,
        before if known(before) == Known::Anything => Known::Anything,
        _ => Known::Set,
    };
    vec![Some(unknown(open, is_date(machine, field)))]
}

fn eager(
    normal: &Normal<'_>,
    case: &Case,
    declared: &Declared,
    field: FieldId,
    of: &Field,
) -> Vec<Option<Value>> {
    let machine = normal.machine;
    let day = machine.protocol.zone.civil(normal.anchor.far).date();
    if let FieldKind::Choice(set) | FieldKind::Role(set) = of.kind {
        let n = machine.protocol.scope.set(set).map_or(1, |it| it.names.len());
        let n = u16::try_from(n).unwrap_or(u16::MAX);
        return (0..n).map(|it| Some(Value::Choice(it))).collect();
    }
    let mut dates = vec![day];
    for (id, place) in machine.extensions(event_of(machine, declared)) {
        let Some(clock) = case.open(*id) else { continue };
        let deadline = machine.protocol.deadlines.get(id.index());
        let extension = deadline.and_then(|it| it.extend.get(usize::from(*place)));
        let until = extension.is_some_and(
            |it| matches!(it.lengthen, Lengthen::Until { field: of, .. } if of == field),
        );
        if let Some(due) = runs_out(machine, case, clock).filter(|_| until) {
            let due = machine.protocol.zone.civil(due).date();
            dates.extend(due.iter_days().take(1 + PUT_OFF_DAYS));
        }
    }
    dates.into_iter().map(|it| Some(Value::Date(it))).collect()
}

/// When a clock runs out; of one that stands still, had it run on.
fn runs_out(machine: &Machine, case: &Case, clock: &Clock) -> Option<Instant> {
    let mut case = case.clone();
    let mut running = *clock;
    if matches!(clock.state, ClockState::Paused(_)) {
        running.state = ClockState::Running;
        let is_pause = |it: &Mark| it.clock == clock.id && matches!(it.kind, MarkKind::Paused(_));
        let last = case.marks.iter().rposition(is_pause)?;
        case.marks.remove(last);
    }
    ledger(machine, &case, &running).ok().and_then(|it| it.1).and_then(|it| it.at)
}

fn event_of(machine: &Machine, declared: &Declared) -> EventId {
    let all = machine.protocol.events.iter();
    EventId::at(all.take_while(|it| it.name != declared.name).count())
}

/// Some value that a field may hold.
pub(super) fn some_value(field: &Field, day: NaiveDate) -> Value {
    match field.kind {
        _ if field.personal => Value::Slot(SOMEBODY),
        FieldKind::Number | FieldKind::Money(_) => Value::Number(Default::default()),
        FieldKind::Choice(_) | FieldKind::Role(_) => Value::Choice(0),
        FieldKind::Flag => Value::Flag(false),
        FieldKind::Date => Value::Date(day),
        FieldKind::Text | FieldKind::File => Value::Text(SOMEBODY),
    }
}
