//! The state of a case in plain lines, as the engine has it and as the referee has it.

use engine::model::{DeadlineId, RecordId};
use engine::runtime::{Clock, ClockState};
use engine::script::Value;
use engine::time::Instant;

use super::told::shown;
use super::world::World;
use crate::reference::{Life, RefClock, due_at};

/// Both states: of the engine, of the referee.
pub(crate) fn state(world: &World<'_>) -> (Vec<String>, Vec<String>) {
    (of_engine(world), of_referee(world))
}

fn of_engine(world: &World<'_>) -> Vec<String> {
    let (case, protocol) = (&world.case, &world.machine.protocol);
    let opened = case.opened_at.is_some();
    let stage = opened.then(|| protocol.stages[case.stage.index()].name.as_str());
    let rung = protocol.ladder.get(case.rung.index()).filter(|_| opened);
    let mut out = vec![
        format!("stage {stage:?}"),
        format!("rung {:?}", rung.map(|it| &it.name)),
        format!("severity {:?}", case.severity),
        format!("escalated {} closed {}", case.escalated, case.closed),
        format!("last {:?}", Some(case.last_at).filter(|_| opened)),
    ];
    for (place, field) in protocol.fields.iter().enumerate() {
        let value = case.fields[place];
        out.push(format!(
            "{} = {}",
            field.name,
            shown(world.machine, &world.strings, &field.kind, value)
        ));
    }
    for (id, record) in (0u16..).map(RecordId).zip(&protocol.records) {
        for entry in case.entries(id) {
            let values = (0u16..).zip(&record.fields).map(|(place, it)| {
                let value = case.entry_value(id, entry.number, place);
                shown(world.machine, &world.strings, &it.field.kind, value)
            });
            let text = world.strings.get(entry.id);
            out.push(entry_line(&record.name, text, &values.collect::<Vec<_>>(), entry.done_at));
        }
    }
    out.extend(case.sent.iter().map(|it| format!("sent {}", protocol.letters[it.index()].name)));
    out.sort();
    for (place, deadline) in protocol.deadlines.iter().enumerate() {
        let id = DeadlineId::at(place);
        let early = case.met_early(id) && case.latest(id).is_none();
        out.push(waits(&deadline.name, early, case.waiting(id).map(|it| it.at)));
    }
    out.extend(case.clocks.iter().map(|clock| {
        let state = match clock.state {
            ClockState::Running => "runs".to_owned(),
            ClockState::Paused(stage) => format!("stands still in {}", stage.0),
            other => format!("{other:?}"),
        };
        let name = &protocol.deadlines[clock.id.deadline.index()].name;
        clock_line(name, clock.id.occurrence, &state, clock.breached, due_of(clock))
    }));
    out
}

fn due_of(clock: &Clock) -> Option<Instant> {
    clock.times.due.filter(|_| clock.is_open() && !clock.breached)
}

fn waits(name: &str, early: bool, waiting: Option<Instant>) -> String {
    format!("{name}: done early {early}, waits from {waiting:?}")
}

fn entry_line(record: &str, id: &str, values: &[String], done_at: Option<Instant>) -> String {
    format!("entry {record} {id}: {}, done {done_at:?}", values.join(", "))
}

fn clock_line(
    name: &str,
    occurrence: u16,
    state: &str,
    breached: bool,
    due: Option<Instant>,
) -> String {
    let due = due.map_or("nothing".to_owned(), |it| it.to_string());
    format!("{name}#{occurrence} {state}, breached {breached}, due {due}")
}

fn of_referee(world: &World<'_>) -> Vec<String> {
    let (case, protocol) = (&world.referee, &world.machine.protocol);
    let stage = case.stage.map(|(id, _)| &protocol.stages[id.index()]);
    let rung = case.rung.and_then(|it| protocol.ladder.get(it.index()));
    let mut out = vec![
        format!("stage {:?}", stage.map(|it| &it.name)),
        format!("rung {:?}", rung.map(|it| &it.name)),
        format!("severity {:?}", case.severity),
        format!(
            "escalated {} closed {}",
            case.escalated,
            case.merged || stage.is_some_and(|it| it.end)
        ),
        format!("last {:?}", case.last_at),
    ];
    for field in &protocol.fields {
        let value = case.fields.get(&field.name).copied().unwrap_or(Value::Unset);
        out.push(format!(
            "{} = {}",
            field.name,
            shown(world.machine, &world.strings, &field.kind, value)
        ));
    }
    for (id, record) in (0u16..).map(RecordId).zip(&protocol.records) {
        for entry in case.entries_of(id) {
            let values = record.fields.iter().map(|it| {
                let value = entry.values.get(&it.field.name).copied().unwrap_or(Value::Unset);
                shown(world.machine, &world.strings, &it.field.kind, value)
            });
            out.push(entry_line(
                &record.name,
                &entry.id,
                &values.collect::<Vec<_>>(),
                entry.done_at,
            ));
        }
    }
    out.extend(case.sent.iter().map(|it| format!("sent {it}")));
    out.sort();
    for (place, deadline) in protocol.deadlines.iter().enumerate() {
        let id = DeadlineId::at(place);
        let waiting = case.waiting.get(&id).map(|it| it.at);
        out.push(waits(&deadline.name, case.done_early.contains(&id), waiting));
    }
    out.extend(case.clocks.iter().map(|clock| {
        let state = match (clock.life, clock.paused_in()) {
            (Life::Open, None) => "runs".to_owned(),
            (Life::Open, Some(stage)) => format!("stands still in {}", stage.0),
            (other, _) => format!("{other:?}"),
        };
        let name = &protocol.deadlines[clock.deadline.index()].name;
        clock_line(name, clock.occurrence, &state, clock.breached, referee_due(world, clock))
    }));
    out
}

fn referee_due(world: &World<'_>, clock: &RefClock) -> Option<Instant> {
    if !clock.is_open() || clock.breached {
        return None;
    }
    due_at(&world.machine.protocol, clock).unwrap_or(None)
}
