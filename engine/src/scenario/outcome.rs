//! What a scenario came to, as data.

use std::collections::BTreeSet;

use crate::machine::Machine;
use crate::model::{RuleId, StopId};
use crate::runtime::{CaseKey, Change, Event, Fact, News, Refusal, Register, StopKey};
use crate::scenario::Seen;
use crate::text::{Span, Strings};
use crate::time::Instant;

/// What a scenario came to.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// What each step came to, in the order of the clock. A step after which nothing sensible can
    /// follow is the last.
    pub steps: Vec<StepOutcome>,
    /// The cases at the end.
    pub register: Register,
    /// The strings that the cases and their facts refer to.
    pub strings: Strings,
    /// What was seen of the protocol.
    pub seen: BTreeSet<Seen>,
}

/// What a step came to.
#[derive(Clone, Debug)]
pub struct StepOutcome {
    /// The number of the step, 0 for `[opened]` and `[[case]]`.
    pub number: u32,
    /// What it does, in the words of the file.
    pub what: String,
    /// The case that it is about.
    pub case: CaseKey,
    /// The virtual clock after it.
    pub now: Instant,
    /// What happened to its case, in order; what time did before an event comes before it.
    pub facts: Vec<Fact>,
    /// What time did to the other cases, in order.
    pub elsewhere: Vec<(CaseKey, Fact)>,
    /// What was corrected of what had happened before.
    pub news: Vec<News>,
    /// What became known about trends, in order.
    pub changes: Vec<Change>,
    /// What happened to stops, in order.
    pub stopped: Vec<StopFact>,
    /// What was reported, in order.
    pub reported: Vec<Reported>,
    /// What is not as expected. None: the step passed.
    pub failures: Vec<Failure>,
}

/// Something that happened to a stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StopFact {
    /// Which of the register.
    pub key: StopKey,
    /// Which of the protocol.
    pub stop: StopId,
    /// What. Its numbers, but for those of rules, roles and letters, are those of the machine of
    /// the stop.
    pub fact: Fact,
}

/// A report and what became of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Reported {
    /// The event.
    pub event: Event,
    /// Why it was refused.
    pub refusal: Option<Refusal>,
}

/// One thing that is not as expected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The number of the step, 0 for `[opened]`.
    pub step: u32,
    /// What the step does: `until breach:answer`.
    pub what: String,
    /// The place in the scenario.
    pub span: Span,
    /// What was compared: `due`, `stage`, `breached`, `event`.
    pub aspect: &'static str,
    /// The name of what was compared, where there may be several: a deadline, a field.
    pub subject: Option<String>,
    /// What should be.
    pub expected: String,
    /// What is.
    pub was: String,
    /// The working behind it, as one line.
    pub because: Option<String>,
    /// The rule behind it.
    pub rule: Option<Cited>,
}

/// A rule of the protocol, for people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cited {
    /// Its path: `deadlines.answer`.
    pub path: String,
    /// Its place in the files of the protocol.
    pub span: Span,
    /// The legal source.
    pub source: Option<String>,
    /// Whether nobody on the team has read the source.
    pub unverified: bool,
}

impl Cited {
    pub(crate) fn of(machine: &Machine, rule: RuleId) -> Self {
        let rule = machine.protocol.rule(rule);
        Self {
            path: rule.path.clone(),
            span: rule.span,
            source: rule.source.clone(),
            unverified: rule.unverified,
        }
    }
}

impl Outcome {
    /// Whether everything was as expected.
    #[must_use]
    pub fn passed(&self) -> bool {
        self.failures().next().is_none()
    }

    /// Everything that is not as expected, in order of the steps.
    pub fn failures(&self) -> impl Iterator<Item = &Failure> {
        self.steps.iter().flat_map(|step| &step.failures)
    }

    /// How many events were reported.
    #[must_use]
    pub fn n_events(&self) -> usize {
        self.steps.iter().map(|step| step.reported.len()).sum()
    }
}
