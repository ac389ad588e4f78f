//! What a step expects of stops, held against what happened.

use crate::model::{StopClock, StopId};
use crate::runtime::{FactKind, StopStream};
use crate::scenario::running::failure::failure;
use crate::scenario::running::underway::Running;
use crate::scenario::words;
use crate::scenario::{Failure, Movement, Step, StopExpect, When};
use crate::text::Span;
use crate::time::Instant;

/// Compares one step with what it expects of stops and adds what differs.
pub(crate) fn compare(running: &Running<'_>, step: &Step, failures: &mut Vec<Failure>) {
    let compared = Compared { running, step };
    compared.in_force(failures);
    compared.missed(failures);
    for (stop, expect) in &step.expect.stop {
        compared.one(*stop, expect, failures);
    }
}

struct Compared<'a> {
    running: &'a Running<'a>,
    step: &'a Step,
}

impl Compared<'_> {
    fn differs(
        &self,
        aspect: &'static str,
        span: Span,
        subject: Option<StopId>,
        (expected, was): (String, String),
    ) -> Failure {
        let mut failure = *failure(self.step, aspect, expected, was);
        failure.span = span;
        failure.subject = subject.map(|it| self.name(it).to_owned());
        failure
    }

    fn name(&self, stop: StopId) -> &str {
        self.running.machine.protocol.stops.get(stop.index()).map_or("", |it| &it.name)
    }

    fn in_force(&self, failures: &mut Vec<Failure>) {
        let Some(expected) = &self.step.expect.stops else { return };
        let case = self.running.case();
        let register = &self.running.register;
        let machine = self.running.machine;
        let was = register.stops_in_force(machine, self.step.case, case.complainant, Instant::MAX);
        let mut wanted = expected.value.clone();
        wanted.sort_unstable();
        wanted.dedup();
        if wanted != was {
            let shown = |list: &[StopId]| match list.is_empty() {
                true => "none".to_owned(),
                false => list.iter().map(|it| self.name(*it)).collect::<Vec<_>>().join(", "),
            };
            let both = (shown(&wanted), shown(&was));
            failures.push(self.differs("stops", expected.span, None, both));
        }
    }

    /// What was missed in the step, exactly. A miss that the step ran until counts as expected.
    fn missed(&self, failures: &mut Vec<Failure>) {
        let awaited = match self.step.movement {
            Movement::UntilStop(stop, point) => point.means().err().map(|clock| (stop, clock)),
            _ => None,
        };
        let was = self.missed_clocks();
        for (stop, expect) in &self.step.expect.stop {
            let Some(missed) = &expect.missed else { continue };
            let of_stop = was.iter().filter(|(it, _)| it == stop).map(|(_, clock)| *clock);
            let was: Vec<StopClock> = of_stop.collect();
            if was != missed.value {
                let both = (shown(&missed.value), shown(&was));
                failures.push(self.differs("missed", missed.span, Some(*stop), both));
            }
        }
        let said = |stop: StopId| {
            self.step.expect.stop.iter().any(|(it, expect)| *it == stop && expect.missed.is_some())
        };
        for (stop, clock) in was.into_iter().filter(|it| Some(*it) != awaited && !said(it.0)) {
            let both = ("none".to_owned(), shown(&[clock]));
            failures.push(self.differs("missed", self.step.span, Some(stop), both));
        }
    }

    fn missed_clocks(&self) -> Vec<(StopId, StopClock)> {
        let mut found = Vec::new();
        for it in &self.running.stopped {
            let FactKind::Breached { clock } = it.fact.kind else { continue };
            let which = StopClock::ALL.get(clock.deadline.index());
            found.extend(which.map(|which| (it.stop, *which)));
        }
        found
    }

    fn one(&self, stop: StopId, expect: &StopExpect, failures: &mut Vec<Failure>) {
        let case = self.running.case();
        let machine = self.running.machine;
        let streams = self.running.register.stops().map(|(_, it)| &it.stream);
        let about = |it: &&StopStream| {
            it.stop == stop && it.is_about(machine, self.step.case, case.complainant)
        };
        let latest = streams.filter(about).last();
        if let Some(stage) = &expect.stage {
            let was = latest.map_or("quiet", |it| it.stage().name());
            if was != stage.value.name() {
                let both = (stage.value.name().to_owned(), was.to_owned());
                failures.push(self.differs("stage", stage.span, Some(stop), both));
            }
        }
        if let Some(until) = &expect.until {
            let was = latest.and_then(|it| it.dates().until);
            failures.extend(self.then("until", until.span, stop, until.value, was));
        }
        for (clock, due) in &expect.due {
            let open = latest.and_then(|it| it.case.open(clock.id()));
            let was = open.and_then(|it| it.times.due);
            failures.extend(self.then(clock.name(), due.span, stop, due.value, was));
        }
    }

    fn then(
        &self,
        aspect: &'static str,
        span: Span,
        stop: StopId,
        expected: When,
        was: Option<Instant>,
    ) -> Option<Failure> {
        let machine = self.running.machine;
        let is_then = was.is_some_and(|at| match expected {
            When::At(wanted) => wanted == at,
            When::On(date) => machine.protocol.zone.civil(at).date() == date,
        });
        let shown =
            || was.map_or_else(|| "not running".to_owned(), |at| words::instant(machine, at));
        let wanted = || words::when(machine, expected);
        (!is_then).then(|| self.differs(aspect, span, Some(stop), (wanted(), shown())))
    }
}

fn shown(clocks: &[StopClock]) -> String {
    match clocks.is_empty() {
        true => "none".to_owned(),
        false => clocks.iter().map(|it| it.name()).collect::<Vec<_>>().join(", "),
    }
}
