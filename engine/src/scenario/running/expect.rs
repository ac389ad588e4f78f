//! What a step expects, held against what happened.

use crate::machine::Machine;
use crate::model::{LetterId, Party, TrendId};
use crate::runtime::{
    self, Case, Changed, Clock, ClockState, Context, Fact, FactKind, Refusal, Retained,
};
use crate::scenario::running::corrected;
use crate::scenario::running::entry::clock_name;
use crate::scenario::running::expect_hidden;
use crate::scenario::running::run::{Running, failure};
use crate::scenario::words;
use crate::scenario::{Cited, ClockName, Due, Failure, Movement, Reported, Step, When};
use crate::script::Value;
use crate::text::{Span, Spanned};
use crate::time;
use crate::{model::Point, runtime::Given};

/// The aspect under which a refusal, or the lack of one, is reported.
pub(crate) const REFUSED: &str = "refused";

/// Compares one step with its expectations and adds what differs.
pub(crate) fn compare(
    running: &Running<'_>,
    step: &Step,
    facts: &[Fact],
    reported: &[Reported],
    failures: &mut Vec<Failure>,
) {
    let compared = Compared { running, step, facts };
    let refused = reported.iter().find(|it| it.refusal.is_some());
    let machine = refused.map_or(running.machine, |it| it.event.decided_by(running.machine));
    let refusal = refused.and_then(|it| it.refusal.as_ref());
    failures.extend(compared.refusal(machine, refusal));
    if refusal.is_some() && step.expect.refused.is_none() {
        return;
    }
    compare_state(running, step, facts, failures);
    corrected::compare(running, step, failures);
    corrected::compare_past(running, step, failures);
}

/// Compares what happened and how the case stands.
pub(crate) fn compare_state(
    running: &Running<'_>,
    step: &Step,
    facts: &[Fact],
    failures: &mut Vec<Failure>,
) {
    let compared = Compared { running, step, facts };
    compared.happened(failures);
    compared.state(failures);
    compared.clocks(failures);
    compared.retention(failures);
    compared.fields(failures);
    compared.entries(failures);
    expect_hidden::compare(running.machine, step, failures);
}

struct Compared<'a> {
    running: &'a Running<'a>,
    step: &'a Step,
    facts: &'a [Fact],
}

impl Compared<'_> {
    fn differs(&self, aspect: &'static str, span: Span, expected: String, was: String) -> Failure {
        let mut failure = *failure(self.step, aspect, expected, was);
        failure.span = span;
        failure
    }

    fn refusal(&self, machine: &Machine, refusal: Option<&Refusal>) -> Option<Failure> {
        let said = |refusal: &Refusal| {
            let name = refusal.name(machine);
            format!("refused: `{name}` ({})", refusal.sentences(machine).join("; "))
        };
        let mut failure = match (&self.step.expect.refused, refusal) {
            (Some(expected), Some(refusal)) if expected.value == refusal.name(machine) => {
                return None;
            }
            (Some(expected), refusal) => {
                let wanted = format!("refused: `{}`", expected.value);
                let was = refusal.map_or_else(|| "accepted".to_owned(), said);
                self.differs(REFUSED, expected.span, wanted, was)
            }
            (None, Some(refusal)) => {
                self.differs(REFUSED, self.step.span, "accepted".to_owned(), said(refusal))
            }
            (None, None) => return None,
        };
        failure.rule = refusal.map(|it| Cited::of(machine, it.rule));
        Some(failure)
    }

    /// What happened in the step, exactly. A breach counts as expected where the step ran until
    /// it.
    fn happened(&self, failures: &mut Vec<Failure>) {
        let machine = self.running.machine;
        let expect = &self.step.expect;
        let clock = |it: &ClockName| words::clock_name(machine, it);
        let met = self.deadlines(|kind| matches!(kind, FactKind::Met { .. }));
        failures.extend(self.clocks_are("met", expect.met.as_ref(), &met, clock));
        let warned = self.deadlines(|kind| matches!(kind, FactKind::Warned { .. }));
        failures.extend(self.clocks_are("warned", expect.warned.as_ref(), &warned, clock));
        let lapsed = self.deadlines(|kind| matches!(kind, FactKind::Lapsed { .. }));
        failures.extend(self.clocks_are("lapsed", expect.lapsed.as_ref(), &lapsed, clock));
        let breached = self.deadlines(|kind| matches!(kind, FactKind::Breached { .. }));
        let awaited = match self.step.movement {
            Movement::Until(Point::Breach(deadline)) => vec![ClockName { deadline, entry: None }],
            _ => Vec::new(),
        };
        let silent = breached.iter().all(|it| awaited.iter().any(|name| name.means(it)));
        let unsaid = Spanned::new(awaited, self.step.span);
        let expected = expect.breached.as_ref().or((!silent).then_some(&unsaid));
        if let Some(mut failure) = self.clocks_are("breached", expected, &breached, clock) {
            let is_expected = |it: &ClockName| {
                expected.is_some_and(|all| all.value.iter().any(|name| name.means(it)))
            };
            let surprise = breached.iter().find(|it| !is_expected(it));
            if let Some(clock) = surprise.and_then(|it| self.clock(it)) {
                self.explain(&mut failure, clock);
            }
            failures.push(failure);
        }
        let letters: Vec<LetterId> = self
            .all_facts()
            .filter_map(|fact| match fact.kind {
                FactKind::LetterDue { letter } => Some(letter),
                _ => None,
            })
            .collect();
        let letter = |id: &LetterId| words::letter(machine, *id).to_owned();
        failures.extend(self.all("letters", expect.letters.as_ref(), &letters, letter));
        let raised = self.running.changes().iter().filter(|it| it.kind == Changed::Raised);
        let raised: Vec<TrendId> = raised.map(|it| it.signal.trend).collect();
        let trend = |id: &TrendId| words::trend(machine, *id).to_owned();
        failures.extend(self.all("trends", expect.trends.as_ref(), &raised, trend));
        let told = told(&self.all_facts().copied().collect::<Vec<_>>());
        let party = |it: &Party| words::party(machine, *it).to_owned();
        failures.extend(self.all("told", expect.told.as_ref(), &told, party));
    }

    /// What happened to the case, then what happened to stops.
    fn all_facts(&self) -> impl Iterator<Item = &Fact> {
        let of_stops = self.running.stopped.iter().map(|it| &it.fact);
        self.facts.iter().chain(of_stops)
    }

    /// Compares the clocks to which something happened. A name without an entry is that of any.
    fn clocks_are(
        &self,
        aspect: &'static str,
        expected: Option<&Spanned<Vec<ClockName>>>,
        was: &[ClockName],
        name: impl Fn(&ClockName) -> String,
    ) -> Option<Failure> {
        let mut found = was.to_vec();
        let unnamed = expected?.value.iter().filter(|it| it.entry.is_none());
        for any in unnamed {
            let named = |it: &&mut ClockName| {
                any.means(it)
                    && it.entry.is_some()
                    && !expected.is_some_and(|all| all.value.contains(it))
            };
            if let Some(it) = found.iter_mut().find(named) {
                it.entry = None;
            }
        }
        self.all(aspect, expected, &found, name)
    }

    /// The clock that a name means: of several, the one that began last.
    fn clock(&self, name: &ClockName) -> Option<&Clock> {
        let case = self.running.case();
        let means = |it: &&Clock| name.means(&clock_name(self.running, it.id));
        match name.entry {
            None => case.latest(name.deadline),
            Some(_) => case.clocks.iter().rev().find(means),
        }
    }

    fn deadlines(&self, is: impl Fn(&FactKind) -> bool) -> Vec<ClockName> {
        let of = |kind: &FactKind| match kind {
            FactKind::Met { clock, .. }
            | FactKind::Warned { clock, .. }
            | FactKind::Lapsed { clock }
            | FactKind::Breached { clock } => Some(clock_name(self.running, *clock)),
            _ => None,
        };
        self.facts.iter().filter(|it| is(&it.kind)).filter_map(|it| of(&it.kind)).collect()
    }

    /// Compares two lists as people read them: in no order, each as often as it happened.
    fn all<T: Clone + Ord>(
        &self,
        aspect: &'static str,
        expected: Option<&Spanned<Vec<T>>>,
        was: &[T],
        name: impl Fn(&T) -> String,
    ) -> Option<Failure> {
        let expected = expected?;
        let (mut wanted, mut found) = (expected.value.clone(), was.to_vec());
        wanted.sort_unstable();
        found.sort_unstable();
        if wanted == found {
            return None;
        }
        let shown = |list: &[T]| match list.is_empty() {
            true => "none".to_owned(),
            false => list.iter().map(&name).collect::<Vec<_>>().join(", "),
        };
        Some(self.differs(aspect, expected.span, shown(&expected.value), shown(was)))
    }

    fn state(&self, failures: &mut Vec<Failure>) {
        let Running { machine, now, .. } = self.running;
        let case = self.running.case();
        let expect = &self.step.expect;
        if let Some(stage) = expect.stage.as_ref().filter(|it| it.value != case.stage) {
            let of = |id| words::stage(machine, id).to_owned();
            failures.push(self.differs("stage", stage.span, of(stage.value), of(case.stage)));
        }
        if let Some(rung) = expect.rung.as_ref().filter(|it| it.value != case.rung) {
            let of = |id| words::rung(machine, id).to_owned();
            failures.push(self.differs("rung", rung.span, of(rung.value), of(case.rung)));
        }
        if let Some(level) = expect.severity.as_ref().filter(|it| Some(it.value) != case.severity) {
            let wanted = machine.level_name(level.value).to_owned();
            let was = case.severity.map_or("none", |it| machine.level_name(it)).to_owned();
            failures.push(self.differs("severity", level.span, wanted, was));
        }
        if let Some(at) = expect.now.as_ref().filter(|it| !self.is_then(it.value, *now)) {
            let wanted = words::when(machine, at.value);
            failures.push(self.differs("now", at.span, wanted, words::instant(machine, *now)));
        }
        let allowed = runtime::allowed(machine, case);
        for event in expect.allowed.iter().filter(|it| !allowed.contains(&it.value)) {
            let names = allowed.iter().map(|id| words::event(machine, *id));
            let was = names.collect::<Vec<_>>().join(", ");
            let wanted = words::event(machine, event.value).to_owned();
            failures.push(self.differs("allowed", event.span, wanted, was));
        }
    }

    fn is_then(&self, when: When, at: time::Instant) -> bool {
        match when {
            When::At(expected) => expected == at,
            When::On(date) => self.running.machine.protocol.zone.civil(at).date() == date,
        }
    }

    fn clocks(&self, failures: &mut Vec<Failure>) {
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

    /// From when personal values may be erased.
    fn retention(&self, failures: &mut Vec<Failure>) {
        if self.step.expect.erasable.is_empty() {
            return;
        }
        let running = self.running;
        let machine = running.machine;
        let held = &running.register[running.key];
        let facts: Vec<Fact> = held.facts().copied().collect();
        let context = Context::new(&running.strings);
        let stands = runtime::retention(machine, &held.case, &facts, &context);
        for (id, expected) in &self.step.expect.erasable {
            let was = match &stands {
                Ok(stands) => stands.get(id.index()).copied(),
                Err(fault) => {
                    let was = fault.kind.sentence(&machine.protocol);
                    failures.push(self.differs("erasable", expected.span, "a date".into(), was));
                    return;
                }
            };
            let first = match was {
                Some(Retained::Until(last)) => last.succ_opt(),
                _ => None,
            };
            if first != expected.value {
                let wanted = expected.value.map_or("no".to_owned(), |it| it.to_string());
                let was = was.map_or_else(String::new, |it| it.sentence(machine));
                let mut failure = self.differs("erasable", expected.span, wanted, was);
                failure.subject =
                    machine.protocol.retention.get(id.index()).map(|it| it.name.clone());
                failures.push(failure);
            }
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
    fn explain(&self, failure: &mut Failure, clock: &Clock) {
        let machine = self.running.machine;
        failure.because = working(machine, self.running.case(), clock);
        let Some(deadline) = machine.protocol.deadlines.get(clock.id.deadline.index()) else {
            return;
        };
        let alternative = deadline.alternatives.get(usize::from(clock.alternative));
        let rule = alternative.map_or(deadline.rule, |it| it.rule);
        failure.rule = Some(Cited::of(machine, rule));
    }

    fn entries(&self, failures: &mut Vec<Failure>) {
        let (machine, case) = (self.running.machine, self.running.case());
        for (record, expected) in &self.step.expect.entries {
            let was = case.entries(*record).len();
            if usize::try_from(expected.value) != Ok(was) {
                let wanted = expected.value.to_string();
                let mut failure = self.differs("entries", expected.span, wanted, was.to_string());
                failure.subject = Some(words::record(machine, *record).to_owned());
                failures.push(failure);
            }
        }
    }

    fn fields(&self, failures: &mut Vec<Failure>) {
        let Running { machine, strings, .. } = self.running;
        let case = self.running.case();
        for (id, expected) in &self.step.expect.fields {
            let was = case.field(*id);
            let shown = words::value(machine, strings, *id, was);
            if !holds(machine, self.running, *id, was, &expected.value) {
                let wanted = words::given(&expected.value);
                let mut failure = self.differs("fields", expected.span, wanted, shown);
                failure.subject = Some(words::field(machine, *id).to_owned());
                failures.push(failure);
            }
        }
    }
}

fn holds(
    machine: &Machine,
    running: &Running<'_>,
    id: crate::model::FieldId,
    was: Value,
    expected: &Given,
) -> bool {
    match (was, expected) {
        (Value::Number(was), Given::Number(wanted)) => was == *wanted,
        (Value::Flag(was), Given::Flag(wanted)) => was == *wanted,
        (Value::Date(was), Given::Date(wanted)) => was == *wanted,
        (Value::Text(was), Given::Text(wanted)) => running.strings.get(was) == wanted,
        (Value::Choice(_), Given::Text(wanted)) => {
            words::value(machine, &running.strings, id, was) == *wanted
        }
        _ => false,
    }
}

/// The working of a clock's due instant, in one line.
pub(crate) fn working(machine: &Machine, case: &Case, clock: &Clock) -> Option<String> {
    let deadline = machine.protocol.deadlines.get(clock.id.deadline.index())?;
    let calendar = machine.protocol.calendars.get(deadline.calendar.index())?;
    let (ledger, _) = runtime::ledger(machine, case, clock).ok()?;
    Some(time::sentence(&ledger, calendar))
}

/// Who was told of a rule. A warning tells the owner of its clock; that is said by `warned`.
pub(crate) fn told(facts: &[Fact]) -> Vec<Party> {
    let mut told = Vec::new();
    let mut warned = false;
    for fact in facts {
        if let FactKind::Told { party, .. } = fact.kind
            && !warned
        {
            told.push(party);
        }
        warned = matches!(fact.kind, FactKind::Warned { .. });
    }
    told
}
