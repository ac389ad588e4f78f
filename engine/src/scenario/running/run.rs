//! One scenario on a virtual clock.

use std::collections::BTreeSet;

use crate::machine::Machine;
use crate::model::{Doer, Party, RoleId};
use crate::runtime::{
    self, Case, CaseKey, Change, Changed, Context, Event, Explanation, Fact, Fault, FaultKind,
    Given, News, NoDecision, Past, Refusal, Register, Report, ReportedAt,
};
use crate::scenario::coverage;
use crate::scenario::running::clock::{self, Awaited};
use crate::scenario::running::entry;
use crate::scenario::running::expect;
use crate::scenario::running::expect_stops;
use crate::scenario::running::order;
use crate::scenario::running::stops;
use crate::scenario::words;
use crate::scenario::{
    Act, Cited, Failure, Movement, Outcome, Reported, Scenario, Seen, Step, StepOutcome, StopFact,
};
use crate::text::Strings;
use crate::time::Instant;

/// The cases of a scenario on their way.
#[derive(Clone, Debug)]
pub(crate) struct Running<'m> {
    pub(crate) machine: &'m Machine,
    pub(crate) strings: Strings,
    pub(crate) register: Register,
    /// The case that the step is about.
    pub(crate) key: CaseKey,
    /// Who is away.
    away: Vec<RoleId>,
    /// The virtual clock.
    pub(crate) now: Instant,
    /// The instant before which time has acted; past `now` after a step that waited for something
    /// to fall due.
    pub(crate) reached: Instant,
    /// What has happened in this step to its case.
    pub(crate) facts: Vec<Fact>,
    /// What was corrected in this step of its case.
    pub(crate) news: Vec<News>,
    /// What time did in this step to the other cases.
    elsewhere: Vec<(CaseKey, Fact)>,
    /// How much of what became known about trends earlier steps have told.
    n_told: usize,
    /// What has happened in this step to stops.
    pub(crate) stopped: Vec<StopFact>,
    pub(crate) reported: Vec<Reported>,
    pub(crate) seen: BTreeSet<Seen>,
}

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

impl<'m> Running<'m> {
    /// Cases with these names, none of them open yet.
    pub(crate) fn new(machine: &'m Machine, cases: &[String]) -> Self {
        let mut register = Register::default();
        for name in cases {
            register.add(machine, name);
        }
        Self {
            machine,
            strings: machine.strings(),
            register,
            key: CaseKey::FIRST,
            away: Vec::new(),
            now: Instant::MIN,
            reached: Instant::MIN,
            facts: Vec::new(),
            news: Vec::new(),
            elsewhere: Vec::new(),
            n_told: 0,
            stopped: Vec::new(),
            reported: Vec::new(),
            seen: BTreeSet::new(),
        }
    }

    /// Adds the closed cases that the person of the first case has left behind.
    fn remember(&mut self, scenario: &Scenario) {
        let opened = scenario.steps.first().and_then(|it| it.acts.first());
        let Some(person) = opened.and_then(|it| it.complainant.as_deref()) else { return };
        let person = self.strings.intern(person);
        let protocol = &self.machine.protocol;
        for (place, remembered) in scenario.history.iter().enumerate() {
            let slot = |given: &Given, personal| match personal {
                true => Given::Slot(format!("earlier-{place}")),
                false => given.clone(),
            };
            let fields = remembered.fields.iter().filter_map(|(id, given)| {
                let field = protocol.fields.get(id.index())?;
                let given = slot(given, field.personal);
                let value = runtime::read_value(protocol, field, &given, &mut self.strings);
                Some((*id, value.ok()?))
            });
            let past = Past { person, opened: remembered.opened, fields: fields.collect() };
            let name = format!("earlier case {}", place.saturating_add(1));
            self.register.add_past(self.machine, &name, &past, &self.strings);
        }
    }

    /// The case that the step is about.
    pub(crate) fn case(&self) -> &Case {
        &self.register[self.key].case
    }

    /// What it came to, with these steps.
    pub(crate) fn outcome(mut self, steps: Vec<StepOutcome>) -> Outcome {
        let short = runtime::one_short(self.machine, &self.register);
        self.seen.extend(short.into_iter().map(Seen::OneShort));
        Outcome { steps, register: self.register, strings: self.strings, seen: self.seen }
    }

    /// What became known about trends in this step.
    pub(crate) fn changes(&self) -> &[Change] {
        self.register.changes().get(self.n_told..).unwrap_or_default()
    }

    /// What the step came to that was carried out last.
    fn came(&mut self, step: &Step, failures: Vec<Failure>) -> StepOutcome {
        let changes = self.changes().to_vec();
        self.n_told = self.register.changes().len();
        StepOutcome {
            number: step.number,
            what: step.what.clone(),
            case: step.case,
            now: self.now,
            facts: std::mem::take(&mut self.facts),
            news: std::mem::take(&mut self.news),
            elsewhere: std::mem::take(&mut self.elsewhere),
            changes,
            stopped: std::mem::take(&mut self.stopped),
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

/// Takes a step and holds it against what it expects.
pub(crate) fn take(running: &mut Running<'_>, step: &Step) -> (StepOutcome, Next) {
    let mut failures = Vec::new();
    let mut next = Next::Step;
    match carry_out(running, step) {
        Ok(()) => {
            let facts = &running.facts;
            expect::compare(running, step, facts, &running.reported, &mut failures);
            expect_stops::compare(running, step, &mut failures);
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
        Movement::Until(_) | Movement::UntilStop(..) => match awaited(running, step.movement) {
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

/// Lets time act until what a step waits for has happened.
pub(crate) fn awaited(
    running: &mut Running<'_>,
    movement: Movement,
) -> Result<Awaited, NoDecision> {
    match movement {
        Movement::Until(point) => clock::until(running, point),
        Movement::UntilStop(stop, point) => stops::until(running, stop, point),
        _ => Ok(Awaited::Never),
    }
}

/// The instant the clock goes to. A date without a time that is today leaves it where it is.
pub(crate) fn first_instant(running: &Running<'_>, at: ReportedAt) -> Instant {
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
    match outcome {
        Ok(decision) => {
            coverage::in_decision(running.machine, &decision.facts, &reasons, &mut running.seen);
            coverage::refusing(running.machine, &reasons, &mut running.seen);
            match key == running.key {
                true => {
                    let known = running.register[key].facts().copied().collect::<Vec<_>>();
                    let (happened, news) = runtime::news(&decision.facts, &known);
                    running.facts.extend(happened);
                    running.news.extend(news);
                }
                false => running.elsewhere.extend(decision.facts.iter().map(|it| (key, *it))),
            }
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

/// The event that an act reports, as the case stands.
pub(crate) fn event(
    running: &mut Running<'_>,
    step: &Step,
    act: &Act,
    at: Option<ReportedAt>,
) -> Result<Event, Box<Failure>> {
    let machine = running.machine;
    let own = act.stop.and_then(|it| machine.stop(it)).unwrap_or(machine);
    let report = Report {
        at: at.unwrap_or(ReportedAt::Instant(running.now)),
        entry: act.entry.clone().or_else(|| match act.stop {
            Some(_) => None,
            None => entry::made_up(running, act.event),
        }),
        entered_by: act.entered_by.clone(),
        channel: act.channel.clone(),
        data: act.data.clone(),
        reason: act.reason.clone(),
        complainant: act.complainant.clone(),
        respondent: act.respondent.clone(),
        revision: act.revision.clone(),
        stop: act
            .stop
            .and_then(|it| machine.protocol.stops.get(it.index()))
            .map(|it| it.name.clone()),
        case: act.case.clone(),
        letter: act.letter.clone(),
        intake: act.intake.clone(),
        ..Report::new(
            act.id.clone(),
            words::event(own, act.event),
            running.now,
            act.by.clone().unwrap_or_else(|| first_by(running, own, act)),
        )
    };
    runtime::read_report(machine, &report, &mut running.strings).map_err(|misread| {
        let each = misread.iter().map(|it| format!("{}: {}", it.pointer, it.problem));
        let was = each.collect::<Vec<_>>().join("; ");
        failure(step, "event", "an event of this protocol".to_owned(), was)
    })
}

/// Whoever comes first in the event's `by`, as the case stands. A complainant who is known is
/// named.
fn first_by(running: &Running<'_>, own: &Machine, act: &Act) -> String {
    let protocol = &running.machine.protocol;
    let first = own.protocol.events.get(act.event.index()).and_then(|it| it.by.first());
    let handler = || {
        let rung = protocol.ladder.get(running.case().rung.index());
        rung.map(|it| Party::Role(it.handled_by))
    };
    let owner = protocol.stages.get(running.case().stage.index()).and_then(|it| it.owner);
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
    let person = running.case().complainant.map(|it| running.strings.get(it));
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

pub(crate) fn no_decision(machine: &Machine, step: &Step, none: &NoDecision) -> Box<Failure> {
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
