//! One scenario on a virtual clock.

use crate::machine::Machine;
use crate::runtime::{
    self, CaseKey, Changed, Context, Explanation, NoDecision, Refusal, ReportedAt,
};
use crate::scenario::coverage;
use crate::scenario::running::event::event;
use crate::scenario::running::expect;
use crate::scenario::running::failure::{failure, no_decision};
use crate::scenario::running::movement::move_clock;
use crate::scenario::running::order;
use crate::scenario::running::stops;
use crate::scenario::running::underway::Running;
use crate::scenario::{Act, Failure, Outcome, Reported, Scenario, Seen, Step, StepOutcome};
use crate::time::Instant;

/// Whether the next step can follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Next {
    Step,
    End,
}

/// Runs a scenario. The machine must be the one that the scenario was read against.
#[must_use]
pub fn run(machine: &Machine, scenario: &Scenario) -> Outcome {
    let mut running = Running::new(machine, &scenario.cases);
    running.remember(scenario);
    let mut steps = Vec::new();
    if let (Err(none), Some(first)) =
        (stops::before(&mut running, scenario), scenario.steps.first())
    {
        let failure = no_decision(machine, first, &none);
        steps.push(running.came(first, vec![*failure]));
        return running.outcome(steps);
    }
    let mut openings = scenario.openings.iter();
    for step in &scenario.steps {
        let step = order::opened_before(&mut running, &mut openings, step, &mut steps);
        let Some(step) = step else { return running.outcome(steps) };
        let (outcome, next) = take(&mut running, &step);
        steps.push(outcome);
        if next == Next::End {
            return running.outcome(steps);
        }
    }
    order::opened_after(&mut running, openings, &mut steps);
    running.outcome(steps)
}

/// Carries out a step of which nothing is expected. What it could not carry out has changed the
/// case halfway.
pub(crate) fn done(running: &mut Running<'_>, step: &Step) -> Result<StepOutcome, Box<Failure>> {
    carry_out(running, step)?;
    Ok(running.came(step, Vec::new()))
}

/// Takes a step and holds it against what it expects.
pub(crate) fn take(running: &mut Running<'_>, step: &Step) -> (StepOutcome, Next) {
    let mut failures = Vec::new();
    let mut next = Next::Step;
    match carry_out(running, step) {
        Ok(()) => {
            expect::compare(running, step, &mut failures);
            let surprising = |it: &&Failure| it.aspect == expect::REFUSED;
            if running.case().opened_at.is_none() || failures.iter().any(|it| surprising(&it)) {
                next = Next::End;
            }
        }
        Err(failure) => {
            failures.push(*failure);
            next = Next::End;
        }
    }
    let raised = running.changes().iter().filter(|it| it.kind == Changed::Raised);
    let raised: Vec<Seen> = raised.map(|it| Seen::Raised(it.signal.trend)).collect();
    running.seen.extend(raised);
    (running.came(step, failures), next)
}

fn carry_out(running: &mut Running<'_>, step: &Step) -> Result<(), Box<Failure>> {
    running.key = step.case;
    if let Some(away) = &step.away {
        running.away.clone_from(away);
    }
    if step.number > 0 && running.case().opened_at.is_none() {
        let name = &running.register[step.case].name;
        let wanted = format!("`{name}` is open");
        return Err(failure(step, "case", wanted, "it opens later".to_owned()));
    }
    let at = move_clock(running, step)?;
    for act in &step.acts {
        if report(running, step, act, at)? {
            break;
        }
    }
    Ok(())
}

/// Lets time act on all cases before an instant.
pub(crate) fn wake(running: &mut Running<'_>, until: Instant) -> Result<(), NoDecision> {
    running.reached = running.reached.max(until);
    let context = Context { absent: &running.away, ..Context::new(&running.strings) };
    let passed = running.register.pass(running.machine, until, &context);
    passed.into_iter().try_for_each(|(key, why)| took_up(running, key, why).map(|_| ()))?;
    stops::wake_stops(running, until)
}

/// Takes up what was decided of a case; gives the refusal where there was one.
fn took_up(
    running: &mut Running<'_>,
    key: CaseKey,
    why: Explanation,
) -> Result<Option<Refusal>, NoDecision> {
    let Explanation { reasons, outcome } = why;
    coverage::in_conditions(&reasons, &mut running.seen);
    let decision = match outcome {
        Ok(decision) => decision,
        Err(NoDecision::Refused(refusal)) => {
            coverage::in_refusal(&refusal, &mut running.seen);
            return Ok(Some(*refusal));
        }
        Err(none) => return Err(none),
    };
    coverage::in_decision(running.machine, &decision.facts, &reasons, &mut running.seen);
    coverage::refusing(running.machine, &reasons, &mut running.seen);
    if key != running.key {
        running.elsewhere.extend(decision.facts.iter().map(|it| (key, *it)));
        return Ok(None);
    }
    let known = &running.register[key].facts();
    let (happened, news) = runtime::news(&decision.facts, known);
    running.facts.extend(happened);
    running.news.extend(news);
    Ok(None)
}

/// Reports one event. True where it was refused.
fn report(
    running: &mut Running<'_>,
    step: &Step,
    act: &Act,
    at: Option<ReportedAt>,
) -> Result<bool, Box<Failure>> {
    let machine = running.machine;
    let mut event = event(running, step, act, at)?;
    let (strings, away) = (&mut running.strings, &running.away);
    let taken = running.register.take(machine, step.case, &mut event, strings, away);
    if event.stop.is_some() {
        return stops::reported(running, step, event, taken);
    }
    let refusal =
        took_up(running, step.case, taken.why).map_err(|none| no_decision(machine, step, &none))?;
    let is_refused = refusal.is_some();
    running.facts.extend(taken.refused);
    running.reported.push(Reported { event, refusal });
    stops::followed(running, step, taken.followed)?;
    Ok(is_refused)
}
