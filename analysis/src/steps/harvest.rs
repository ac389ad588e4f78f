//! What a decision of the engine says of the steps that it makes.

use engine::model::{DeadlineId, EventId, FieldId, Lengthen, StageId};
use engine::runtime::{Case, ClockId, ClockState, Event, Fact, FactKind, Mark, MarkKind, Scratch};
use engine::script::Value;

use crate::steps::follow::{Origin, begun, origins, points};
use crate::steps::given::{Known, known};
use crate::steps::key::{Counted, Item, Key, Standing};
use crate::steps::normal::{Hints, Normal};
use crate::steps::oracle::{Chosen, Report};
use crate::steps::reports;
use crate::steps::{PromiseFacts, Step};
use crate::{Reported, Taken};

/// How many clocks are counted otherwise in one decision at most: each may be over by then or not.
const CHANGED_MAX: usize = 4;

/// What is decided.
pub(super) enum Decided<'a> {
    Event(&'a Event, &'a Report),
    Time(usize, Taken),
}

impl Decided<'_> {
    pub(super) const fn report(&self) -> Option<&Report> {
        match self {
            Self::Event(_, report) => Some(report),
            Self::Time(..) => None,
        }
    }
}

/// The steps that a decision makes: one, or more where a change may have put the end of a clock
/// into the past. `None` where more clocks change at once than are looked at.
pub(super) fn harvest(
    normal: &Normal<'_>,
    key: &Key,
    before: &Case,
    what: &Decided<'_>,
    chosen: &Chosen,
    scratch: &Scratch,
) -> Option<Vec<Step>> {
    let facts = &scratch.facts;
    let mut case = scratch.case().clone();
    for (field, value) in &chosen.fields {
        if let Some(slot) = case.fields.get_mut(field.index())
            && known(*slot) != Known::This
        {
            *slot = *value;
        }
    }
    let event = match what {
        Decided::Event(event, _) => Some(*event),
        Decided::Time(..) => None,
    };
    let mut points = points(normal.machine, event.map(|it| it.kind), facts);
    points.retain(|it| normal.matters.has(*it));
    let begun = begun(&normal.anchor, facts);
    let used_up = used_up(key, what);
    let changed = changed(normal, key, &case, facts);
    if changed.len() > CHANGED_MAX {
        return None;
    }
    let mut steps = Vec::new();
    for picked in 0..1usize << changed.len() {
        let is_past = |at: usize| picked & (1 << at) != 0;
        let past: Vec<DeadlineId> =
            changed.iter().enumerate().filter(|(at, _)| is_past(*at)).map(|(_, it)| *it).collect();
        let mut case = case.clone();
        past.iter().for_each(|id| note_change(normal, &mut case, *id));
        let next = normal.key(case.clone(), &Hints { past: past.clone(), used_up });
        let plain = normal.key(case, &Hints { past: Vec::new(), used_up });
        let mut origins = origins(key, &begun, &next);
        let mut over = Vec::new();
        for id in &past {
            let item = Item::Clock(*id);
            let (Some(place), Some(at)) = (next.place(item), plain.place(item)) else { continue };
            if let Some(Origin::Kept(from) | Origin::Of(from)) = origins.get(place).copied() {
                over.push((from, plain.open()[at].counted.clone()));
            }
            if let Some(begun) = next.place(Item::Begun(*id)) {
                origins[begun] = since(key, *id, origins[place]);
            }
            origins[place] = Origin::Now;
        }
        from_begin(key, &next, &mut origins);
        let step = Step {
            taken: taken(normal, what, chosen),
            acts: match what {
                Decided::Event(..) => None,
                Decided::Time(place, _) => Some(*place),
            },
            origins,
            past: over,
            points: points.clone(),
            opaque: chosen.opaque.clone(),
            judged: chosen.level.is_some(),
            learned: learned(before, event, chosen),
            left_open: left_open(event, chosen),
            promise: promise(normal, facts),
            next,
        };
        if !is_idle(key, &step) {
            steps.push(step);
        }
    }
    Some(steps)
}

/// From when a clock began that has been counted from there, or from a change since.
fn since(key: &Key, id: DeadlineId, origin: Origin) -> Origin {
    match (origin, key.place(Item::Begun(id))) {
        (Origin::Kept(_), Some(begun)) => Origin::Kept(begun),
        (Origin::Kept(from), None) => Origin::Of(from),
        (origin, _) => origin,
    }
}

/// A clock that counted from a change and was given a total or a date counts from its begin again.
fn from_begin(key: &Key, next: &Key, origins: &mut [Origin]) {
    for (place, open) in next.open().iter().enumerate() {
        let Item::Clock(id) = open.item else { continue };
        let (Some(begun), Origin::Kept(_)) = (key.place(Item::Begun(id)), origins[place]) else {
            continue;
        };
        if matches!(open.counted, Counted::Term { .. }) {
            origins[place] = Origin::Of(begun);
        }
    }
}

/// Whether a step changes nothing that matters.
fn is_idle(key: &Key, step: &Step) -> bool {
    let kept = |(at, origin): (usize, &Origin)| *origin == Origin::Kept(at);
    step.next == *key
        && step.acts.is_none()
        && step.points.is_empty()
        && step.promise == PromiseFacts::default()
        && step.past.is_empty()
        && step.origins.iter().enumerate().all(kept)
}

fn used_up(key: &Key, what: &Decided<'_>) -> Option<(DeadlineId, StageId)> {
    let Decided::Time(place, Taken::Resumes(id)) = what else { return None };
    match key.open().get(*place)?.standing {
        Standing::Stands(stage) => Some((*id, stage)),
        Standing::Runs => None,
    }
}

/// The clocks whose end a change in this decision may have put into the past: those that were
/// counted again, those that count from before they came to exist, and those that run again and
/// were counted again while they stood still.
fn changed(normal: &Normal<'_>, key: &Key, case: &Case, facts: &[Fact]) -> Vec<DeadlineId> {
    let begun = begun(&normal.anchor, facts);
    let mut changed = Vec::new();
    for fact in facts {
        let id = match fact.kind {
            // A date to which it was put off stays.
            FactKind::Recounted { clock, .. } if !is_put_off(normal, case, clock) => clock.deadline,
            FactKind::Resumed { clock, .. } if was_changed(key.case(), clock.deadline) => {
                clock.deadline
            }
            FactKind::Started { clock, .. }
                if matches!(begun.get(&Item::Clock(clock.deadline)), Some(Origin::Of(_))) =>
            {
                clock.deadline
            }
            _ => continue,
        };
        let runs = |it: &&engine::runtime::Clock| {
            it.id.deadline == id
                && it.state == ClockState::Running
                && !it.breached
                && it.times.due.is_some()
        };
        let is_running = case.clocks.iter().rev().find(runs).is_some();
        let counts = normal.matters.deadline(id) && normal.matters.is_timed(id);
        if is_running && counts && !changed.contains(&id) {
            changed.push(id);
        }
    }
    changed
}

/// Whether a clock ends on a date, or so long after one, to which it was put off.
fn is_put_off(normal: &Normal<'_>, case: &Case, id: ClockId) -> bool {
    let deadline = normal.machine.protocol.deadlines.get(id.deadline.index());
    let of_clock = case.marks.iter().rev().filter(|it| it.clock == id);
    let mut made = of_clock.filter_map(|it| match it.kind {
        MarkKind::Extended(place, _) => deadline?.extend.get(usize::from(place)),
        _ => None,
    });
    let last = made.find(|it| !matches!(it.lengthen, Lengthen::Add(_)));
    last.is_some_and(|it| matches!(it.lengthen, Lengthen::Until { .. }))
}

/// Whether a clock was counted again while it stands still.
fn was_changed(case: &Case, id: DeadlineId) -> bool {
    let mut marks = case.marks.iter().rev().filter(|it| it.clock.deadline == id);
    marks.next().is_some_and(|it| matches!(it.kind, MarkKind::Recounted(_)))
}

/// Notes that a clock is due at the instant of the step.
fn note_change(normal: &Normal<'_>, case: &mut Case, id: DeadlineId) {
    let Some(clock) = case.open(id).copied() else { return };
    let kind = MarkKind::Recounted(clock.alternative);
    case.marks.push(Mark { clock: clock.id, at: normal.anchor.now, kind });
}

fn promise(normal: &Normal<'_>, facts: &[Fact]) -> PromiseFacts {
    let watched = normal.matters.guarantee;
    let mut found = PromiseFacts::default();
    for fact in facts {
        match fact.kind {
            FactKind::Promised { guarantee, .. } if Some(guarantee) == watched => {
                found.promised = true;
            }
            FactKind::Kept { guarantee } if Some(guarantee) == watched => found.kept = true,
            FactKind::Broken { guarantee } if Some(guarantee) == watched => found.broken = true,
            _ => {}
        }
    }
    found
}

/// What was found out of values that were there before the event.
fn learned(before: &Case, event: Option<&Event>, chosen: &Chosen) -> Vec<(FieldId, Value)> {
    let brought = |field: FieldId| event.and_then(|it| it.brings(field));
    let of_before = |it: &&(FieldId, Value)| {
        known(before.field(it.0)) != Known::This
            && brought(it.0).is_none_or(|value| known(value) == Known::This)
    };
    chosen.fields.iter().filter(of_before).copied().collect()
}

fn left_open(event: Option<&Event>, chosen: &Chosen) -> Vec<FieldId> {
    let data = event.map_or(&[][..], |it| &it.data);
    let open = data.iter().filter(|(field, value)| {
        known(*value) != Known::This && !chosen.fields.iter().any(|it| it.0 == *field)
    });
    open.map(|it| it.0).collect()
}

/// The step as it is told, with the values that were chosen.
fn taken(normal: &Normal<'_>, what: &Decided<'_>, chosen: &Chosen) -> Taken {
    let event = match what {
        Decided::Time(_, taken) => return taken.clone(),
        Decided::Event(event, _) => event,
    };
    let machine = normal.machine;
    let day = machine.protocol.zone.civil(normal.anchor.far).date();
    let mut data = Vec::new();
    for (field, value) in &event.data {
        let picked = chosen.fields.iter().find(|it| it.0 == *field).map(|it| it.1);
        let some = || {
            let of = machine.protocol.fields.get(field.index());
            of.map_or(Value::Unset, |it| reports::some_value(it, day))
        };
        let value = match known(*value) {
            Known::This => *value,
            Known::Set | Known::Anything => picked.unwrap_or_else(some),
        };
        if value != Value::Unset {
            data.push((*field, value));
        }
    }
    let questions = machine.protocol.history.questions.len();
    let answer = |at: usize| {
        let found = chosen.history.iter().find(|it| usize::from(it.0) == at);
        found.map_or(Value::Unset, |it| it.1)
    };
    Taken::Event(Reported {
        event: event.kind,
        by: chosen.by.unwrap_or(event.actor.party),
        channel: chosen.channel.or(event.channel),
        intake: event.intake.filter(|_| event.kind == EventId::OPENED),
        data,
        entry: event.entry.map(|it| if it == super::normal::ENTRY { 1 } else { 2 }),
        entry_data: event.entry_data.clone(),
        history: match chosen.history.is_empty() {
            true => Vec::new(),
            false => (0..questions).map(answer).collect(),
        },
    })
}
