//! What time does, each thing at its own instant, the earliest first and ties in file order.

use engine::model::{Doer, Party, Point, Protocol, RoleId, RuleId};
use engine::script::Value;
use engine::time::Instant;

use crate::reference::case::Life;
use crate::reference::clock::count::{due_at, next_warning, pause_ends, timer_due};
use crate::reference::work::{FAULT, No, Work};

/// Something that time does. Clocks by their place among the case's clocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Act {
    PauseEnds(usize),
    Warn(usize, u16),
    RunsOut(usize),
    Timer(u16),
}

/// When something acts by raw due instant, its place in the file, which of the clocks of one
/// deadline it is, and what it is.
type Next = (Instant, (u16, u32), u16, Act);

/// More than any history of a test needs.
const ACTS_MAX: usize = 100_000;

impl Work<'_> {
    pub(crate) fn pass_until(&mut self, until: Instant) -> Result<(), No> {
        for _ in 0..ACTS_MAX {
            let Some((due, _, _, act)) = self.earliest()? else { return Ok(()) };
            // What was due before it could be known acts at once.
            let at = self.case.last_at.map_or(due, |last| due.max(last));
            if at >= until {
                return Ok(());
            }
            self.next(at);
            match act {
                Act::PauseEnds(place) => self.pause_is_over(place)?,
                Act::Warn(place, warning) => self.warn(place, warning),
                Act::RunsOut(place) => self.run_out(place)?,
                Act::Timer(place) => self.timer(place)?,
            }
        }
        Err(FAULT.to_owned())
    }

    /// Whether anything is left that acts before an instant.
    pub(crate) fn acts_before(&self, until: Instant) -> Result<bool, No> {
        let next = self.earliest()?;
        Ok(next
            .is_some_and(|(due, ..)| self.case.last_at.map_or(due, |last| due.max(last)) < until))
    }

    fn earliest(&self) -> Result<Option<Next>, No> {
        let mut all = Vec::new();
        for (place, clock) in self.case.clocks.iter().enumerate() {
            if !clock.is_open() {
                continue;
            }
            let rule = self.protocol.deadlines[clock.deadline.index()].rule;
            let mut add = |at: Option<Instant>, act| {
                all.extend(at.map(|at| (at, in_file(self.protocol, rule), clock.occurrence, act)));
            };
            if let Some(stage) = clock.paused_in() {
                if let Some(limit) = self.pause_of(clock, stage).and_then(|it| it.limit) {
                    let ends = pause_ends(self.protocol, clock, stage, limit)?;
                    add(ends, Act::PauseEnds(place));
                }
            } else if !clock.breached {
                let due = due_at(self.protocol, clock)?;
                add(due, Act::RunsOut(place));
                if let Some((at, warning)) = next_warning(self.protocol, clock)? {
                    add(Some(at.max(clock.changed_at)), Act::Warn(place, warning));
                }
            }
        }
        if let Some((stage, entered)) = self.case.stage {
            for timer in &self.case.timers {
                let after = &self.protocol.stages[stage.index()].after[usize::from(*timer)];
                let at = timer_due(self.protocol, entered, after.term)?;
                all.push((at, in_file(self.protocol, after.branch.rule), 0, Act::Timer(*timer)));
            }
        }
        all.sort();
        Ok(all.first().copied())
    }

    fn pause_is_over(&mut self, place: usize) -> Result<(), No> {
        self.resume(place)
    }

    fn warn(&mut self, place: usize, warning: u16) {
        let clock = &mut self.case.clocks[place];
        clock.warned.insert(warning);
        let (id, occurrence) = (clock.deadline, clock.occurrence);
        let name = self.clock_name(id, occurrence);
        self.say(format!("warned {name} {warning}"));
        let deadline = &self.protocol.deadlines[id.index()];
        let named = deadline.for_each.and_then(|each| {
            let field = &self.protocol.records[each.record.index()].fields[usize::from(each.who?)];
            let entry = &self.case.entries_of(each.record)[usize::from(occurrence) - 1];
            match entry.values.get(&field.field.name) {
                Some(Value::Choice(role)) => Some(Doer::Party(Party::Role(RoleId(*role)))),
                _ => None,
            }
        });
        self.tells.extend(named.or(deadline.who));
        self.tell();
    }

    fn run_out(&mut self, place: usize) -> Result<(), No> {
        let protocol = self.protocol;
        let clock = &mut self.case.clocks[place];
        let (id, occurrence) = (clock.deadline, clock.occurrence);
        let deadline = &protocol.deadlines[id.index()];
        let name = self.clock_name(id, occurrence);
        let clock = &mut self.case.clocks[place];
        if deadline.window {
            clock.life = Life::Lapsed;
            self.say(format!("lapsed {name}"));
            self.points.push((Point::Lapse(id), None));
        } else {
            clock.breached = true;
            self.say(format!("breached {name}"));
            self.points.push((Point::Breach(id), None));
        }
        let next = self.next_period(place, deadline)?;
        self.again.extend(next.map(|(start, grid)| (id, start, grid)));
        let outcome = &deadline.outcome;
        self.carry_out_expiry(outcome.to, outcome.escalate, &outcome.sends, &outcome.tells)
    }

    fn timer(&mut self, place: u16) -> Result<(), No> {
        let Some((stage, _)) = self.case.stage else { return Ok(()) };
        let branch = &self.protocol.stages[stage.index()].after[usize::from(place)].branch;
        self.case.timers.remove(&place);
        self.say(format!("timer ran {place}"));
        // Asked once, when it is due.
        if !self.holds_if_any(branch.when.as_ref())? {
            return Ok(());
        }
        self.carry_out(Some(branch), &[])
    }
}

/// The place of a rule in the reading order of the files.
fn in_file(protocol: &Protocol, rule: RuleId) -> (u16, u32) {
    let span = protocol.rule(rule).span;
    (span.file.0, span.start)
}
