//! The cases of a scenario on their way, and what has happened to them.

use std::collections::BTreeSet;

use crate::machine::Machine;
use crate::model::RoleId;
use crate::runtime::{self, Case, CaseKey, Change, Fact, Given, News, Past, Register};
use crate::scenario::{Failure, Outcome, Reported, Scenario, Seen, Step, StepOutcome, StopFact};
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
    pub(crate) away: Vec<RoleId>,
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
    pub(crate) elsewhere: Vec<(CaseKey, Fact)>,
    /// How much of what became known about trends earlier steps have told.
    n_told: usize,
    /// What has happened in this step to stops.
    pub(crate) stopped: Vec<StopFact>,
    pub(crate) reported: Vec<Reported>,
    pub(crate) seen: BTreeSet<Seen>,
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
    pub(crate) fn remember(&mut self, scenario: &Scenario) {
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
    pub(crate) fn came(&mut self, step: &Step, failures: Vec<Failure>) -> StepOutcome {
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
