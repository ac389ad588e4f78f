//! What a step expects to happen, held against what happened.

use crate::model::{GuaranteeId, LetterId, Party, Point, TrendId};
use crate::runtime::{Changed, Fact, FactKind};
use crate::scenario::running::entry::clock_name;
use crate::scenario::running::expect::compare::Compared;
use crate::scenario::running::expect::lists::differ;
use crate::scenario::words;
use crate::scenario::{Cited, ClockName, Failure, Movement};
use crate::text::Spanned;

impl Compared<'_> {
    /// What happened in the step, exactly. A breach counts as expected where the step ran until
    /// it.
    pub(crate) fn happened(&self, failures: &mut Vec<Failure>) {
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
        failures.extend(self.broken());
        let letters: Vec<LetterId> = self
            .all_facts()
            .filter_map(|fact| match fact.kind {
                FactKind::LetterDue { letter } => Some(letter),
                _ => None,
            })
            .collect();
        let letter = |id: &LetterId| words::letter(machine, *id).to_owned();
        failures.extend(differ(self.step, "letters", expect.letters.as_ref(), &letters, letter));
        let raised = self.running.changes().iter().filter(|it| it.kind == Changed::Raised);
        let raised: Vec<TrendId> = raised.map(|it| it.signal.trend).collect();
        let trend = |id: &TrendId| words::trend(machine, *id).to_owned();
        failures.extend(differ(self.step, "trends", expect.trends.as_ref(), &raised, trend));
        let told = told(self.all_facts());
        let party = |it: &Party| words::party(machine, *it).to_owned();
        failures.extend(differ(self.step, "told", expect.told.as_ref(), &told, party));
    }

    /// The guarantees that were broken, or came to light as broken. One that is not expected is a
    /// failure.
    fn broken(&self) -> Option<Failure> {
        let machine = self.running.machine;
        let expect = &self.step.expect;
        let found = self.running.news.iter().flat_map(|it| &it.added);
        let broken = self.facts.iter().chain(found).filter_map(|fact| match fact.kind {
            FactKind::Broken { guarantee } => Some(guarantee),
            _ => None,
        });
        let broken: Vec<GuaranteeId> = broken.collect();
        let none = Spanned::new(Vec::new(), self.step.span);
        let expected = expect.broken.as_ref().unwrap_or(&none);
        let name = |id: &GuaranteeId| words::guarantee(machine, *id).to_owned();
        let mut failure = differ(self.step, "broken", Some(expected), &broken, name)?;
        let surprise = broken.iter().find(|it| !expected.value.contains(it));
        let surprise = surprise.and_then(|it| machine.protocol.guarantees.get(it.index()));
        failure.rule = surprise.map(|it| Cited::of(machine, it.rule));
        Some(failure)
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
        differ(self.step, aspect, expected, &found, name)
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
}

/// Who was told of a rule. A warning tells the owner of its clock; that is said by `warned`.
pub(crate) fn told<'f>(facts: impl IntoIterator<Item = &'f Fact>) -> Vec<Party> {
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
