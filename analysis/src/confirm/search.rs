//! Courses at random, by which staff mostly stay silent: for what no path could be dated for.

use engine::machine::Machine;
use engine::model::{BuiltIn, ChannelId, Event, EventId, FieldKind, IntakeId, Party, Variable};
use engine::runtime::{allowed, next_due};
use engine::script::{Expr, Value, cuts};
use engine::time::Instant;

use crate::confirm::brought;
use crate::confirm::dating::course;
use crate::confirm::effort::Effort;
use crate::confirm::goal::{First, Found, Goal};
use crate::confirm::random::Random;
use crate::confirm::replay::is_as_assumed;
use crate::confirm::walk::{Engine, Walk};
use crate::confirm::window::{Window, evening_of, morning_of, next_working_morning};
use crate::taken::Reported;
use crate::verdict::Course;

/// A course has at most so many steps.
const STEPS_MAX: usize = 40;

/// A course in which this goal shows, looked for at random: so many courses are begun, and the
/// same seed gives the same answer. Where the most is looked for, the course with the most
/// calendar days of all that were begun.
#[must_use]
pub fn search(
    machine: &Machine,
    goal: Goal,
    window: Window,
    seed: u64,
    tries: Effort<'_>,
) -> Option<Course> {
    let starts = window.telling(machine).starts;
    let values = values(machine);
    let calls = tries.calls.saturating_mul(u32::try_from(2 * STEPS_MAX).unwrap_or(u32::MAX));
    let mut engine = Engine::new(machine, calls, tries.patience);
    let mut random = Random::new(seed);
    let mut best: Option<(Found, Walk)> = None;
    for _ in 0..tries.calls {
        if engine.left() == 0 {
            break;
        }
        let start = random.one_of(&starts)?;
        let mut wandering = Wandering::new(&mut engine, &mut random, &values);
        let Some((found, walk)) = wandering.course(goal, start) else { continue };
        if best.as_ref().is_none_or(|(best, _)| found.days > best.days) {
            best = Some((found, walk));
        }
        if !goal.is_a_most() {
            break;
        }
    }
    let (found, walk) = best?;
    course(&engine, &walk, found, goal)
}

/// A case after so many steps at random.
#[cfg(test)]
pub(super) fn wander(machine: &Machine, window: Window, seed: u64, steps: usize) -> Option<Walk> {
    let starts = window.telling(machine).starts;
    let values = values(machine);
    let mut engine = Engine::new(machine, u32::MAX, Effort::of(0).patience);
    let mut random = Random::new(seed);
    let start = random.one_of(&starts)?;
    let mut wandering = Wandering::new(&mut engine, &mut random, &values);
    let mut walk = wandering.reported(&Walk::new(machine), EventId::OPENED, start)?;
    for _ in 0..steps {
        walk = wandering.step(&walk).unwrap_or(walk);
    }
    Some(walk)
}

/// The values of each field that conditions can tell apart, as far as that is known.
pub(super) fn values(machine: &Machine) -> Vec<Vec<Value>> {
    let protocol = &machine.protocol;
    let branches = protocol.stages.iter().flat_map(|it| &it.on).flat_map(|it| &it.branches);
    let conditions: Vec<&Expr> = protocol
        .conditions
        .iter()
        .map(|it| &it.is)
        .chain(branches.filter_map(|it| it.when.as_ref()))
        .chain(protocol.deadlines.iter().filter_map(|it| it.when.as_ref()))
        .collect();
    let mut found = vec![Vec::new(); protocol.fields.len()];
    for condition in conditions {
        for cut in cuts(&[condition], &protocol.scope).into_iter().flat_map(|it| it.variables) {
            let variable = protocol.variables.get(usize::from(cut.variable.0));
            let Some(Variable::Field(field)) = variable else { continue };
            if let Some(known) = found.get_mut(field.index()) {
                known.extend(cut.classes.iter().filter(|it| **it != Value::Unset));
            }
        }
    }
    found
}

/// What is told of the entries that are added.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Entries {
    /// What must be.
    Plain,
    /// Anything.
    Full,
}

/// Goes on from one case to another by what may be done there.
pub(super) struct Wandering<'a, 'm> {
    pub(super) engine: &'a mut Engine<'m>,
    pub(super) random: &'a mut Random,
    values: &'a [Vec<Value>],
    pub(super) entries: Entries,
}

impl<'a, 'm> Wandering<'a, 'm> {
    pub(super) const fn new(
        engine: &'a mut Engine<'m>,
        random: &'a mut Random,
        values: &'a [Vec<Value>],
    ) -> Self {
        Self { engine, random, values, entries: Entries::Plain }
    }
}

impl Wandering<'_, '_> {
    fn course(&mut self, goal: Goal, start: Instant) -> Option<(Found, Walk)> {
        let machine = self.engine.machine;
        let mut walk = self.reported(&Walk::new(machine), EventId::OPENED, start)?;
        let mut best: Option<(Found, Walk)> = None;
        for _ in 0..STEPS_MAX {
            if !is_as_assumed(machine, goal, walk.facts()) {
                break;
            }
            let found = goal.found(machine, walk.facts());
            if let Some(found) =
                found.filter(|it| best.as_ref().is_none_or(|(best, _)| it.days > best.days))
            {
                best = Some((found, walk.clone()));
                if !goal.is_a_most() {
                    break;
                }
            }
            let Some(next) = self.step(&walk) else { continue };
            walk = next;
        }
        best
    }

    /// Time acts, more often than not; else somebody does something.
    pub(super) fn step(&mut self, walk: &Walk) -> Option<Walk> {
        if self.random.below(10) < 5
            && let Some(next) = next_due(&walk.case)
        {
            return self.engine.pass(walk, next);
        }
        let event = self.random.one_of(&allowed(self.engine.machine, &walk.case))?;
        let declared = self.engine.machine.protocol.events.get(event.index())?;
        // What ends a case elsewhere or changes what was is outside of what is asked.
        let is_outside = matches!(declared.built_in, Some(BuiltIn::Merged | BuiltIn::Corrected));
        if is_outside && !self.random.one_in(50) || declared.built_in == Some(BuiltIn::Corrected) {
            return None;
        }
        let at = self.instant(walk)?;
        self.reported(walk, event, at)
    }

    /// Soon, or exactly in time for what is due next, or some days later.
    fn instant(&mut self, walk: &Walk) -> Option<Instant> {
        let machine = self.engine.machine;
        let ready = walk.ready_at();
        let days = u64::try_from(self.random.below(30)).unwrap_or(0);
        let due = next_due(&walk.case).and_then(|it| it.minus_ms(1));
        let at = match self.random.below(6) {
            0 => Some(ready),
            1 => next_working_morning(machine, ready),
            2 => evening_of(machine, ready, days),
            3 => morning_of(machine, ready, days),
            _ => due.or_else(|| next_working_morning(machine, ready)),
        };
        at.map(|it| it.max(ready))
    }

    pub(super) fn reported(&mut self, walk: &Walk, event: EventId, at: Instant) -> Option<Walk> {
        let machine = self.engine.machine;
        let protocol = &machine.protocol;
        let declared = protocol.events.get(event.index())?;
        let doer = self.random.one_of(&declared.by)?;
        let by = brought::party(machine, &walk.case, doer).unwrap_or(Party::System);
        let mut data = Vec::new();
        for carried in &declared.carries {
            if carried.required || !self.random.one_in(3) {
                data.push((carried.field, self.value(carried.field.index())?));
            }
        }
        let n_channels = protocol.channels.len();
        let channel = self.random.below(n_channels.saturating_add(1));
        let intake = self.random.below(protocol.intake.len().max(1));
        let said = Reported {
            event,
            by,
            channel: (channel < n_channels).then(|| ChannelId::at(channel)),
            intake: (event == EventId::OPENED && !protocol.intake.is_empty())
                .then(|| IntakeId::at(intake)),
            data,
            entry: None,
            entry_data: self.entry(declared),
            history: Vec::new(),
        };
        let event = brought::event(self.engine, walk, &said, at);
        let events = brought::variants(self.engine, walk, event, First::Late);
        let chosen = events.get(self.random.below(events.len()))?;
        self.engine.report(walk, chosen)
    }

    fn value(&mut self, field: usize) -> Option<Value> {
        let machine = self.engine.machine;
        let known = self.values.get(field).map_or(&[][..], |it| it);
        if let Some(value) = self.random.one_of(known) {
            return Some(value);
        }
        Some(self.of_kind(&machine.protocol.fields.get(field)?.kind))
    }

    fn of_kind(&mut self, kind: &FieldKind) -> Value {
        match kind {
            FieldKind::Flag => Value::Flag(self.random.one_in(2)),
            FieldKind::Choice(set) | FieldKind::Role(set) => {
                let set = self.engine.machine.protocol.scope.set(*set);
                let n_names = set.map_or(1, |it| it.names.len());
                Value::Choice(u16::try_from(self.random.below(n_names)).unwrap_or(0))
            }
            // What else there is is filled in.
            _ => Value::Flag(false),
        }
    }

    /// What an event brings to an entry.
    fn entry(&mut self, declared: &Event) -> Vec<(u16, Value)> {
        let machine = self.engine.machine;
        let of = declared.of.filter(|_| self.entries == Entries::Full);
        let record = of.and_then(|it| machine.protocol.records.get(it.record.index()));
        let fields = (0u16..).zip(record.into_iter().flat_map(|it| &it.fields));
        let mut told = Vec::new();
        for (place, it) in fields {
            if it.field.required || !self.random.one_in(3) {
                told.push((place, self.of_kind(&it.field.kind)));
            }
        }
        told
    }
}
