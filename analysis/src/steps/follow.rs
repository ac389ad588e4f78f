//! What the facts of a decision say of its points and of what is counted.

use std::collections::BTreeMap;

use engine::machine::Machine;
use engine::model::{BuiltIn, EventId, IntakeId, Point};
use engine::runtime::{Fact, FactKind};
use engine::script::Value;
use engine::time::Instant;

use crate::steps::given::Anchor;
use crate::steps::key::{Item, Key};

/// From when something counts after a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Origin {
    /// As before: what stood at this place of the key before the step.
    Kept(usize),
    /// From the instant of the step.
    Now,
    /// Something new that counts from when what stood at this place of the key before began.
    Of(usize),
    /// From a date that somebody set: any instant.
    Any,
}

/// The points of a decision, each once, sorted.
pub(super) fn points(machine: &Machine, event: Option<EventId>, facts: &[Fact]) -> Vec<Point> {
    let mut points = Vec::new();
    let kind = |id: IntakeId| machine.protocol.intake.get(id.index());
    for fact in facts {
        match fact.kind {
            FactKind::Reported { event, .. } if event != EventId::OPENED => {
                points.push(Point::Event(event));
            }
            FactKind::LetterDue { letter } => points.push(Point::Letter(letter)),
            FactKind::StageEntered { stage } => points.push(Point::Stage(stage)),
            FactKind::Escalated { rung } => {
                points.extend([Point::Rung(rung), Point::Escalated]);
            }
            FactKind::Reopened => points.push(Point::Reopened),
            FactKind::Met { clock, .. } => points.push(Point::Met(clock.deadline)),
            FactKind::Breached { clock } => points.push(Point::Breach(clock.deadline)),
            FactKind::Lapsed { clock } => points.push(Point::Lapse(clock.deadline)),
            FactKind::Extended { clock, .. } => points.push(Point::Extended(clock.deadline)),
            FactKind::FieldSet { field, value: Value::Date(_) } => {
                points.push(Point::Date(field));
            }
            FactKind::Converted { intake, .. }
                if kind(intake).is_some_and(|it| it.becomes.is_none()) =>
            {
                points.push(Point::Event(EventId::OPENED));
            }
            _ => {}
        }
    }
    if event == Some(EventId::OPENED) && !is_taken_in_to_become(machine, facts) {
        points.push(Point::Event(EventId::OPENED));
    }
    points.sort_unstable();
    points.dedup();
    points
}

/// Whether the case was taken in as something that has yet to become a complaint.
fn is_taken_in_to_become(machine: &Machine, facts: &[Fact]) -> bool {
    facts.iter().any(|fact| match fact.kind {
        FactKind::TakenIn { intake, .. } => {
            machine.protocol.intake.get(intake.index()).is_some_and(|it| it.becomes.is_some())
        }
        _ => false,
    })
}

/// From when everything counts that began in a decision.
pub(super) fn begun(anchor: &Anchor, facts: &[Fact]) -> BTreeMap<Item, Origin> {
    let from = |start: Instant| {
        if start == anchor.now {
            return Origin::Now;
        }
        anchor.place(start).map_or(Origin::Any, Origin::Of)
    };
    let mut begun = BTreeMap::new();
    for fact in facts {
        match fact.kind {
            FactKind::Started { clock, start, .. } => {
                begun.insert(Item::Clock(clock.deadline), from(start.at));
            }
            FactKind::Waiting { deadline, start } => {
                begun.insert(Item::Waiting(deadline), from(start.at));
            }
            FactKind::TimerSet { place, .. } => {
                begun.insert(Item::Timer(place), Origin::Now);
            }
            FactKind::Promised { guarantee, start, .. } => {
                begun.insert(Item::Promise(guarantee), from(start.at));
            }
            FactKind::Opened { .. } => {
                begun.insert(Item::Opened, Origin::Now);
            }
            _ => {}
        }
    }
    begun
}

/// From when what is counted in a key counts.
pub(super) fn origins(before: &Key, begun: &BTreeMap<Item, Origin>, next: &Key) -> Vec<Origin> {
    let origin = |item: Item| match begun.get(&item) {
        Some(Origin::Of(place)) if before.open().get(*place).is_some_and(|it| it.item == item) => {
            Origin::Kept(*place)
        }
        Some(origin) => *origin,
        None => before.place(item).map_or(Origin::Any, Origin::Kept),
    };
    next.open().iter().map(|it| origin(it.item)).collect()
}

/// Whether a built-in event of this kind is looked at: what joins cases, or says that something
/// recorded was not so, is not.
pub(super) const fn is_looked_at(built_in: Option<BuiltIn>) -> bool {
    !matches!(built_in, Some(BuiltIn::Merged | BuiltIn::Corrected))
}
