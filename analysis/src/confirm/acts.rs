//! What time did by itself, held against what a path says that it does.

use std::collections::BTreeSet;

use engine::machine::Machine;
use engine::model::{DeadlineId, EntryAct, GuaranteeId, Promise, RecordId};
use engine::runtime::{Fact, FactKind};

use crate::confirm::Goal;
use crate::taken::Taken;

/// What a path says of time: what it does not speak of may happen at any time, for a path may be
/// that of a protocol from which everything was left out that does not matter.
pub(super) struct Named<'p> {
    machine: &'p Machine,
    path: &'p [Taken],
    deadlines: BTreeSet<DeadlineId>,
}

impl<'p> Named<'p> {
    /// The deadlines that a path names, and those that are taken to be met.
    pub(super) fn new(machine: &'p Machine, path: &'p [Taken], goal: Goal) -> Self {
        // Of several entries a path follows but one: it does not speak of the clocks of others.
        let is_one = |id: &DeadlineId| {
            let deadline = machine.protocol.deadlines.get(id.index());
            let of = deadline.and_then(|it| it.for_each).map(|it| it.record);
            of.is_none_or(|record| path.iter().filter(|it| adds(machine, it, record)).count() < 2)
        };
        let named = path.iter().filter_map(|it| match it {
            Taken::Clock(id) => Some(*id).filter(is_one),
            _ => None,
        });
        let deadlines = named.chain(goal.assumed(machine).iter().copied()).collect();
        Self { machine, path, deadlines }
    }

    /// How far a path goes once time has done this; nothing where it did what the path places
    /// elsewhere.
    pub(super) fn after(&self, place: usize, facts: &[Fact]) -> Option<usize> {
        let mut place = place;
        let mut rest = facts;
        while let Some((fact, later)) = rest.split_first() {
            rest = later;
            let Some(act) = act(self.machine, fact) else { continue };
            if self.path.get(place) == Some(&act) {
                place += 1;
            } else if self.is_elsewhere(&act, later) {
                return None;
            }
        }
        Some(place)
    }

    fn is_elsewhere(&self, act: &Taken, later: &[Fact]) -> bool {
        match act {
            Taken::Clock(id) => self.deadlines.contains(id),
            // A timed transition whose condition does not hold does nothing.
            Taken::Timer(_) => {
                let own = later.iter().take_while(|it| self::act(self.machine, it).is_none());
                own.filter(|it| it.cause.is_none())
                    .any(|it| matches!(it.kind, FactKind::StageEntered { .. }))
            }
            _ => false,
        }
    }
}

/// Whether a step adds an entry to a record.
fn adds(machine: &Machine, step: &Taken, record: RecordId) -> bool {
    let Taken::Event(said) = step else { return false };
    let of = machine.protocol.events.get(said.event.index()).and_then(|it| it.of);
    of.is_some_and(|it| it.record == record && it.act == EntryAct::Added)
}

/// The act of time that a fact records.
pub(super) fn act(machine: &Machine, fact: &Fact) -> Option<Taken> {
    if fact.cause.is_some() {
        return None;
    }
    Some(match fact.kind {
        FactKind::Breached { clock } | FactKind::Lapsed { clock } => Taken::Clock(clock.deadline),
        // Also where a stage is left: of that a path does not speak.
        FactKind::Resumed { clock, .. } => Taken::Resumes(clock.deadline),
        FactKind::TimerRan { place } => Taken::Timer(place),
        // At its end a guarantee that asks for something is broken, and one that forbids is kept.
        FactKind::Broken { guarantee } if !is_kept_by_time(machine, guarantee) => {
            Taken::Promise(guarantee)
        }
        FactKind::Kept { guarantee } if is_kept_by_time(machine, guarantee) => {
            Taken::Promise(guarantee)
        }
        _ => return None,
    })
}

fn is_kept_by_time(machine: &Machine, guarantee: GuaranteeId) -> bool {
    let guarantee = machine.protocol.guarantees.get(guarantee.index());
    matches!(guarantee.map(|it| &it.promise), Some(Promise::TooSoon { .. }))
}
