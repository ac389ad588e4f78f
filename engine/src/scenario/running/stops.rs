//! Stops on the virtual clock: what is reported of them, what they propose themselves, and what
//! time does to them.

use crate::model::StopId;
use crate::runtime::{
    self, Context, Event, Explanation, Fact, FactKind, Followed, NoDecision, ReportedAt, StopKey,
    StopStream, Taken,
};
use crate::scenario::coverage;
use crate::scenario::running::clock::{self, Awaited};
use crate::scenario::running::failure::{failure, no_decision};
use crate::scenario::running::run::wake;
use crate::scenario::running::underway::Running;
use crate::scenario::{Failure, Reported, Scenario, Step, StopFact, StopPoint};
use crate::time::{self, Instant};

/// Puts the stops in force that were imposed before the scenario begins.
pub(crate) fn before(running: &mut Running<'_>, scenario: &Scenario) -> Result<(), NoDecision> {
    let machine = running.machine;
    let person = scenario.steps.first().and_then(|step| step.acts.first());
    let person = person.and_then(|act| act.complainant.as_deref());
    let person = person.map(|it| running.strings.intern(it));
    for it in &scenario.stops {
        let from = match it.from {
            ReportedAt::Instant(at) => at,
            ReportedAt::Date(date) => machine.protocol.zone.day_start(date),
        };
        let Some(stream) = StopStream::new(machine, it.stop, running.key, person) else { continue };
        let stream = runtime::imposed_before(machine, stream, from, &mut running.strings)?;
        running.register.add_stop(stream);
    }
    Ok(())
}

/// Takes up what came of an event of a stop. True where it was refused.
pub(crate) fn reported(
    running: &mut Running<'_>,
    step: &Step,
    event: Event,
    taken: Taken,
) -> Result<bool, Box<Failure>> {
    let machine = running.machine;
    let Some(key) = taken.stop else {
        let wanted = "a stop of this protocol".to_owned();
        return Err(failure(step, "stop", wanted, "none".to_owned()));
    };
    let refusal = match took_up(running, key, taken.why) {
        Ok(()) => None,
        Err(NoDecision::Refused(refusal)) => Some(*refusal),
        Err(none) => return Err(no_decision(machine, step, &none)),
    };
    let is_refused = refusal.is_some();
    if let (Some(refusal), Some(stop)) = (&refusal, event.stop) {
        coverage::stop_refusal(machine, stop, refusal, &mut running.seen);
    }
    running.reported.push(Reported { event, refusal });
    Ok(is_refused)
}

/// Takes up what followed for stops from an event that its case has taken.
pub(crate) fn followed(
    running: &mut Running<'_>,
    step: &Step,
    followed: Followed,
) -> Result<(), Box<Failure>> {
    let machine = running.machine;
    if let Some(none) = followed.broken {
        return Err(no_decision(machine, step, &none));
    }
    coverage::proposing(machine, &followed.conditions, &mut running.seen);
    for (event, key, why) in followed.events {
        let taken = Taken { why, stop: Some(key), refused: None, followed: Followed::default() };
        reported(running, step, event, taken)?;
    }
    Ok(())
}

/// Ends the stops that cover no more than a case that is closed.
fn end_with_cases(running: &mut Running<'_>) -> Result<(), NoDecision> {
    if running.machine.protocol.stops.is_empty() {
        return Ok(());
    }
    let ended = running.register.end_with_cases(running.machine, &mut running.strings);
    for (event, key, why) in ended {
        took_up(running, key, why)?;
        running.reported.push(Reported { event, refusal: None });
    }
    Ok(())
}

/// Lets time act on the stops before an instant.
pub(crate) fn wake_stops(running: &mut Running<'_>, until: Instant) -> Result<(), NoDecision> {
    end_with_cases(running)?;
    let context = Context::new(&running.strings);
    let passed = running.register.pass_stops(running.machine, until, &context);
    passed.into_iter().try_for_each(|(key, why)| took_up(running, key, why))
}

fn took_up(running: &mut Running<'_>, key: StopKey, why: Explanation) -> Result<(), NoDecision> {
    let decision = why.outcome?;
    if let Some(held) = running.register.stop(key) {
        coverage::in_stop(held, &decision.facts, &mut running.seen);
        let stop = held.stream.stop;
        running.stopped.extend(decision.facts.iter().map(|&fact| StopFact { key, stop, fact }));
    }
    Ok(())
}

/// Lets time act until a point in the life of a stop has happened.
pub(crate) fn until(
    running: &mut Running<'_>,
    stop: StopId,
    point: StopPoint,
) -> Result<Awaited, NoDecision> {
    let term = time::Term { amount: clock::UNTIL_YEARS_MAX, unit: time::Unit::Years };
    let limit = clock::after(running.machine, running.now, term).unwrap_or(Instant::MAX);
    for _ in 0..runtime::ACTS_MAX {
        let cases = running.register.next_due().map(|(at, _)| at);
        let next = cases.into_iter().chain(running.register.next_stop_due()).min();
        let Some(next) = next.filter(|it| *it <= limit) else { break };
        let before = running.stopped.len();
        wake(running, next)?;
        let made = running.stopped.get(before..).unwrap_or_default();
        let found = made.iter().find(|it| it.stop == stop && is(&it.fact, point));
        if let Some(found) = found {
            return Ok(Awaited::Happened(found.fact.at));
        }
    }
    Ok(Awaited::Never)
}

/// Whether a fact says that a point happened, and time alone brought it about.
pub(crate) fn is(fact: &Fact, point: StopPoint) -> bool {
    let by_time = fact.cause.is_none();
    by_time
        && match (fact.kind, point.means()) {
            (FactKind::StageEntered { stage }, Ok(wanted)) => stage == wanted.id(),
            (FactKind::Breached { clock } | FactKind::Lapsed { clock }, Err(wanted)) => {
                clock.deadline == wanted.id()
            }
            _ => false,
        }
}
