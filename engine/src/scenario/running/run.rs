//! One scenario on a virtual clock.

use std::collections::BTreeSet;

use crate::machine::Machine;
use crate::model::{Doer, Party};
use crate::runtime::{
    self, Case, Context, Event, Explanation, Fact, Fault, FaultKind, NoDecision, Refusal, Report,
    ReportedAt,
};
use crate::scenario::coverage;
use crate::scenario::running::clock::{self, Awaited};
use crate::scenario::running::expect;
use crate::scenario::words;
use crate::scenario::{
    Act, Cited, Failure, Movement, Outcome, Reported, Scenario, Seen, Step, StepOutcome,
};
use crate::text::Strings;
use crate::time::Instant;

/// A case on its way through a scenario.
#[derive(Clone, Debug)]
pub(crate) struct Running<'m> {
    pub(crate) machine: &'m Machine,
    pub(crate) strings: Strings,
    pub(crate) case: Case,
    /// The virtual clock.
    pub(crate) now: Instant,
    /// The instant before which time has acted; past `now` after a step that waited for something
    /// to fall due.
    pub(crate) reached: Instant,
    /// What has happened in this step.
    pub(crate) facts: Vec<Fact>,
    reported: Vec<Reported>,
    seen: BTreeSet<Seen>,
}

/// Whether the next step can follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Next {
    Step,
    End,
}

/// Runs a scenario. The machine must be the one that the scenario was read against.
#[must_use]
pub fn run(machine: &Machine, scenario: &Scenario) -> Outcome {
    let mut running = Running::new(machine);
    let mut steps = Vec::new();
    for step in &scenario.steps {
        let (outcome, next) = take(&mut running, step);
        steps.push(outcome);
        if next == Next::End {
            break;
        }
    }
    running.outcome(steps)
}

impl<'m> Running<'m> {
    /// A case that is not open yet.
    pub(crate) fn new(machine: &'m Machine) -> Self {
        Self {
            machine,
            strings: machine.strings(),
            case: Case::new(machine),
            now: Instant::MIN,
            reached: Instant::MIN,
            facts: Vec::new(),
            reported: Vec::new(),
            seen: BTreeSet::new(),
        }
    }

    /// What it came to, with these steps.
    pub(crate) fn outcome(self, steps: Vec<StepOutcome>) -> Outcome {
        Outcome { steps, case: self.case, strings: self.strings, seen: self.seen }
    }

    /// What the step came to that was carried out last.
    fn came(&mut self, step: &Step, failures: Vec<Failure>) -> StepOutcome {
        StepOutcome {
            number: step.number,
            now: self.now,
            facts: std::mem::take(&mut self.facts),
            reported: std::mem::take(&mut self.reported),
            failures,
        }
    }
}

/// Carries out a step of which nothing is expected. What it could not carry out has changed the
/// case halfway.
pub(crate) fn done(running: &mut Running<'_>, step: &Step) -> Result<StepOutcome, Box<Failure>> {
    carry_out(running, step)?;
    Ok(running.came(step, Vec::new()))
}

fn take(running: &mut Running<'_>, step: &Step) -> (StepOutcome, Next) {
    let mut failures = Vec::new();
    let mut next = Next::Step;
    match carry_out(running, step) {
        Ok(()) => {
            let facts = &running.facts;
            expect::compare(running, step, facts, &running.reported, &mut failures);
            let surprising = |it: &&Failure| it.aspect == expect::REFUSED;
            if running.case.opened_at.is_none() || failures.iter().any(|it| surprising(&it)) {
                next = Next::End;
            }
        }
        Err(failure) => {
            failures.push(*failure);
            next = Next::End;
        }
    }
    (running.came(step, failures), next)
}

fn carry_out(running: &mut Running<'_>, step: &Step) -> Result<(), Box<Failure>> {
    let at = move_clock(running, step)?;
    for act in &step.acts {
        if report(running, step, act, at)? {
            break;
        }
    }
    Ok(())
}

/// Moves the clock and gives what the step says of the instant of its event, where that is not
/// the clock.
pub(crate) fn move_clock(
    running: &mut Running<'_>,
    step: &Step,
) -> Result<Option<ReportedAt>, Box<Failure>> {
    let faulted = |running: &Running<'_>, none| no_decision(running.machine, step, &none);
    match step.movement {
        Movement::Stay => Ok(None),
        Movement::At(at) => {
            forward(running, step, first_instant(running, at))?;
            Ok(matches!(at, ReportedAt::Date(_)).then_some(at))
        }
        Movement::RecordedAt(at, recorded) => {
            forward(running, step, recorded)?;
            Ok(Some(at))
        }
        Movement::Wait(term) => match clock::after(running.machine, running.now, term) {
            Ok(to) => forward(running, step, to.max(running.reached)).map(|()| None),
            Err(error) => {
                let expected = format!("the instant {term} later");
                Err(failure(step, "wait", expected, error.to_string()))
            }
        },
        Movement::Until(point) => match clock::until(running, point) {
            Ok(Awaited::Happened(at)) => {
                running.now = at.max(running.now);
                Ok(None)
            }
            Ok(Awaited::Never) => {
                let expected = "it happens within 20 years".to_owned();
                Err(failure(step, "until", expected, "time alone does not bring it about".into()))
            }
            Err(none) => Err(faulted(running, none)),
        },
    }
}

/// The instant the clock goes to. A date without a time that is today leaves it where it is.
fn first_instant(running: &Running<'_>, at: ReportedAt) -> Instant {
    let zone = &running.machine.protocol.zone;
    match at {
        ReportedAt::Instant(at) => at,
        ReportedAt::Date(date) if zone.civil(running.reached).date() == date => running.reached,
        ReportedAt::Date(date) => zone.day_start(date),
    }
}

fn forward(running: &mut Running<'_>, step: &Step, to: Instant) -> Result<(), Box<Failure>> {
    if to < running.reached {
        let clock = words::instant(running.machine, running.reached);
        let mut failure = failure(
            step,
            "at",
            format!("an instant from {clock} on"),
            words::instant(running.machine, to),
        );
        failure.because =
            Some("the clock does not go back; what is reported late needs `recorded_at`".into());
        return Err(failure);
    }
    wake(running, to).map_err(|none| no_decision(running.machine, step, &none))?;
    running.now = to;
    Ok(())
}

/// Lets time act on the case before an instant.
pub(crate) fn wake(running: &mut Running<'_>, until: Instant) -> Result<(), NoDecision> {
    running.reached = running.reached.max(until);
    if running.case.opened_at.is_none() {
        return Ok(());
    }
    let context = Context::new(&running.strings);
    let why = runtime::explain_wake(running.machine, &running.case, until, &context);
    accept(running, why).map(|_| ())
}

/// Takes up what was decided; gives the refusal where there was one.
fn accept(running: &mut Running<'_>, why: Explanation) -> Result<Option<Refusal>, NoDecision> {
    let Explanation { reasons, outcome } = why;
    coverage::in_conditions(&reasons, &mut running.seen);
    match outcome {
        Ok(decision) => {
            coverage::in_decision(running.machine, &decision.facts, &reasons, &mut running.seen);
            for fact in &decision.facts {
                runtime::apply(&mut running.case, fact);
            }
            running.facts.extend(decision.facts);
            Ok(None)
        }
        Err(NoDecision::Refused(refusal)) => {
            coverage::in_refusal(&refusal, &mut running.seen);
            Ok(Some(*refusal))
        }
        Err(none) => Err(none),
    }
}

/// Reports one event. True where it was refused.
fn report(
    running: &mut Running<'_>,
    step: &Step,
    act: &Act,
    at: Option<ReportedAt>,
) -> Result<bool, Box<Failure>> {
    let machine = running.machine;
    let event = event(running, step, act, at)?;
    let context = Context::new(&running.strings);
    let why = runtime::explain(machine, &running.case, &event, &context);
    let refusal = accept(running, why).map_err(|none| no_decision(machine, step, &none))?;
    let is_refused = refusal.is_some();
    running.reported.push(Reported { event, refusal });
    Ok(is_refused)
}

/// The event that an act reports, as the case stands.
pub(crate) fn event(
    running: &mut Running<'_>,
    step: &Step,
    act: &Act,
    at: Option<ReportedAt>,
) -> Result<Event, Box<Failure>> {
    let machine = running.machine;
    let report = Report {
        id: act.id.clone(),
        event: words::event(machine, act.event).to_owned(),
        at: at.unwrap_or(ReportedAt::Instant(running.now)),
        recorded_at: running.now,
        by: act.by.clone().unwrap_or_else(|| first_by(running, act)),
        entered_by: act.entered_by.clone(),
        channel: act.channel.clone(),
        data: act.data.clone(),
        reason: act.reason.clone(),
        complainant: act.complainant.clone(),
        respondent: act.respondent.clone(),
    };
    runtime::read_report(machine, &report, &mut running.strings).map_err(|misread| {
        let each = misread.iter().map(|it| format!("{}: {}", it.pointer, it.problem));
        let was = each.collect::<Vec<_>>().join("; ");
        failure(step, "event", "an event of this protocol".to_owned(), was)
    })
}

/// Whoever comes first in the event's `by`, as the case stands. A complainant who is known is
/// named.
fn first_by(running: &Running<'_>, act: &Act) -> String {
    let protocol = &running.machine.protocol;
    let first = protocol.events.get(act.event.index()).and_then(|it| it.by.first());
    let handler = || {
        let rung = protocol.ladder.get(running.case.rung.index());
        rung.map(|it| Party::Role(it.handled_by))
    };
    let owner = protocol.stages.get(running.case.stage.index()).and_then(|it| it.owner);
    let party = match first {
        None => None,
        Some(Doer::Party(party)) => Some(*party),
        Some(Doer::Handler) => handler(),
        Some(Doer::Owner) => match owner {
            Some(Doer::Party(party)) => Some(party),
            Some(Doer::Handler | Doer::Owner) => handler(),
            None => None,
        },
    };
    let party = party.unwrap_or(Party::System);
    let name = words::party(running.machine, party).to_owned();
    let person = running.case.complainant.map(|it| running.strings.get(it));
    match (party, person.or(act.complainant.as_deref())) {
        (Party::Complainant, Some(person)) => format!("{name}:{person}"),
        _ => name,
    }
}

pub(crate) fn failure(
    step: &Step,
    aspect: &'static str,
    expected: String,
    was: String,
) -> Box<Failure> {
    Box::new(Failure {
        step: step.number,
        what: step.what.clone(),
        span: step.span,
        aspect,
        subject: None,
        expected,
        was,
        because: None,
        rule: None,
    })
}

fn no_decision(machine: &Machine, step: &Step, none: &NoDecision) -> Box<Failure> {
    let NoDecision::Faulted(fault) = none else {
        return failure(step, "event", "a decision".to_owned(), "a refusal".to_owned());
    };
    let Fault { rule, kind } = fault.as_ref();
    let sentence = kind.sentence(&machine.protocol);
    let was = match kind {
        FaultKind::Script(_) => format!("a condition broke: {sentence}"),
        FaultKind::Time(_) | FaultKind::TooManyActs => sentence,
    };
    let mut failure = failure(step, "event", "a decision".to_owned(), was);
    failure.rule = Some(Cited::of(machine, *rule));
    failure
}
