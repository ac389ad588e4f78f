//! How a step expects clocks to stand, held against how they stand.

use crate::machine::Machine;
use crate::runtime::{self, Case, Clock, ClockState};
use crate::scenario::running::entry::clock_name;
use crate::scenario::running::expect::compare::Compared;
use crate::scenario::words;
use crate::scenario::{Cited, ClockName, Due, Failure};
use crate::time;

impl Compared<'_> {
    pub(crate) fn clocks(&self, failures: &mut Vec<Failure>) {
        let machine = self.running.machine;
        for (id, expected) in &self.step.expect.due {
            let clock = self.clock(id);
            if !clock.is_some_and(|clock| self.is_due(clock, expected.value)) {
                let wanted = words::due(machine, expected.value);
                let mut failure = self.differs("due", expected.span, wanted, self.stands(clock));
                failure.subject = Some(words::clock_name(machine, id));
                if let Some(clock) = clock {
                    self.explain(&mut failure, clock);
                }
                failures.push(failure);
            }
        }
        for id in &self.step.expect.running {
            let clock = self.clock(&id.value);
            if !clock.is_some_and(Clock::is_running) {
                let was = self.stands(clock);
                let mut failure = self.differs("running", id.span, "running".to_owned(), was);
                failure.subject = Some(words::clock_name(machine, &id.value));
                failures.push(failure);
            }
        }
    }

    /// The clock that a name means: of several, the one that began last.
    pub(crate) fn clock(&self, name: &ClockName) -> Option<&Clock> {
        let case = self.running.case();
        let means = |it: &&Clock| name.means(&clock_name(self.running, it.id));
        match name.entry {
            None => case.latest(name.deadline),
            Some(_) => case.clocks.iter().rev().find(means),
        }
    }

    fn is_due(&self, clock: &Clock, due: Due) -> bool {
        match (due, clock.state) {
            (Due::Paused, ClockState::Paused(_)) => true,
            (Due::When(when), ClockState::Running) => {
                clock.times.due.is_some_and(|at| self.is_then(when, at))
            }
            _ => false,
        }
    }

    /// How a clock stands, in words.
    fn stands(&self, clock: Option<&Clock>) -> String {
        let Some(clock) = clock else { return "not started".to_owned() };
        match (clock.state, clock.times.due) {
            (ClockState::Running, Some(at)) => words::instant(self.running.machine, at),
            (ClockState::Running, None) => "running without a counted term".to_owned(),
            (ClockState::Paused(_), _) => "paused".to_owned(),
            (ClockState::Met, _) => "met".to_owned(),
            (ClockState::MetLate, _) => "met late".to_owned(),
            (ClockState::Cancelled, _) => "cancelled".to_owned(),
            (ClockState::Replaced, _) => "replaced".to_owned(),
            (ClockState::Lapsed, _) => "lapsed".to_owned(),
        }
    }

    /// Adds the working of a clock and its rule.
    pub(crate) fn explain(&self, failure: &mut Failure, clock: &Clock) {
        let machine = self.running.machine;
        failure.because = working(machine, self.running.case(), clock);
        let Some(deadline) = machine.protocol.deadlines.get(clock.id.deadline.index()) else {
            return;
        };
        let alternative = deadline.alternatives.get(usize::from(clock.alternative));
        let rule = alternative.map_or(deadline.rule, |it| it.rule);
        failure.rule = Some(Cited::of(machine, rule));
    }
}

/// The working of a clock's due instant, in one line.
fn working(machine: &Machine, case: &Case, clock: &Clock) -> Option<String> {
    let deadline = machine.protocol.deadlines.get(clock.id.deadline.index())?;
    let calendar = machine.protocol.calendars.get(deadline.calendar.index())?;
    let (ledger, _) = runtime::ledger(machine, case, clock).ok()?;
    Some(time::sentence(&ledger, calendar))
}
