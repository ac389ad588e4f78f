//! One stop within a register.

use std::sync::Arc;

use crate::machine::Machine;
use crate::model::StopStage;
use crate::runtime::stops::beginning;
use crate::runtime::{
    Context, Correction, Decision, Event, Explanation, Fact, FactKind, Journal, Kept, Posted,
    Recorded, StopStream, apply, explain_stop, fold, posted, standing,
};
use crate::text::Symbol;
use crate::time::Instant;

/// A stop and how it came about.
#[derive(Clone, Debug)]
pub struct HeldStop {
    /// The stop as it stands.
    pub stream: StopStream,
    /// Its facts, as they were recorded.
    pub facts: Vec<Fact>,
    /// Where it was when it was added.
    begun: StopStage,
    /// The event that began it, before the first that was reported; `None` of a stop that began
    /// elsewhere.
    beginning: Option<Event>,
    /// What was decided, in the order of deciding; nothing of a stop that began elsewhere. Shared
    /// with the copies of the register.
    kept: Vec<Arc<Kept>>,
}

impl HeldStop {
    /// A stop as it was when it was added.
    pub(crate) const fn new(stream: StopStream, begun: StopStage) -> Self {
        Self { stream, facts: Vec::new(), begun, beginning: None, kept: Vec::new() }
    }

    /// A stop from what was kept of it, in the order of deciding: its state is their fold.
    pub(crate) fn restored(own: &Machine, stream: StopStream, kept: Vec<Kept>) -> Self {
        let begun = stream.stage();
        let mut held = Self::new(stream, begun);
        let first = kept.first().and_then(|it| it.event.as_ref());
        held.beginning = first.map(|it| beginning(&held.stream, it));
        held.facts = kept.iter().flat_map(|it| &it.facts).copied().collect();
        held.stream.case = fold(own, &held.facts);
        held.kept = kept.into_iter().map(Arc::new).collect();
        held
    }

    /// A stop that is decided elsewhere, as far as it is seen here: the stages of its life.
    pub(crate) fn seen(stream: StopStream, from: &Self) -> Self {
        let mut held = Self::new(stream, from.begun);
        held.facts = standing(&from.facts);
        held.facts.retain(|it| matches!(it.kind, FactKind::StageEntered { .. }));
        held
    }

    /// What was decided, in the order of deciding; nothing of a stop that began elsewhere.
    pub fn kept(&self) -> impl ExactSizeIterator<Item = &Arc<Kept>> {
        self.kept.iter()
    }

    /// The latest instant at which something was recorded.
    pub(crate) fn recorded_until(&self) -> Instant {
        self.kept.iter().map(|it| it.recorded_at).max().unwrap_or(Instant::MIN)
    }

    /// Where it was in its life at an instant, as far as is known now. What time did at the instant
    /// itself comes after every event of it.
    #[must_use]
    pub fn stage_at(&self, at: Instant) -> StopStage {
        let entered = |fact: &Fact| match fact.kind {
            FactKind::StageEntered { stage } => StopStage::of(stage),
            _ => None,
        };
        let facts = standing(&self.facts);
        let before = |it: &&Fact| it.at < at || (it.at == at && it.cause.is_some());
        facts.iter().rev().filter(before).find_map(entered).unwrap_or(self.begun)
    }

    /// Decides an event that is not the first: in order, late, or once more. What it leads to is
    /// kept.
    pub(crate) fn report(
        &mut self,
        machine: &Machine,
        event: &Event,
        context: &Context<'_>,
    ) -> Explanation {
        let Some(own) = machine.stop(self.stream.stop).filter(|_| !self.kept.is_empty()) else {
            // What began elsewhere has no record here into which late news could be put.
            let why = explain_stop(machine, &self.stream, event, context);
            if let Ok(decision) = &why.outcome {
                self.apply(&decision.facts);
            }
            return why;
        };
        let (reasons, came) = posted(own, &self.journal(), &self.stream.case, event, context);
        let outcome = came.map(|came| match came {
            Posted::Again => Decision::default(),
            Posted::Decided(decision) => {
                self.keep(event.recorded_at, Some(event), &decision.facts);
                decision
            }
            Posted::Corrected(Correction { facts, effects, case }) => {
                self.keep(event.recorded_at, Some(event), &facts);
                self.stream.case = case;
                Decision { facts, effects }
            }
        });
        Explanation { reasons, outcome }
    }

    /// Keeps the first event and what it led to.
    pub(crate) fn begin(&mut self, event: &Event, facts: &[Fact]) {
        self.beginning = Some(beginning(&self.stream, event));
        self.keep(event.recorded_at, Some(event), facts);
    }

    /// Applies what was decided and keeps it.
    pub(crate) fn keep(&mut self, recorded_at: Instant, event: Option<&Event>, facts: &[Fact]) {
        self.apply(facts);
        if event.is_some() || !facts.is_empty() {
            let (event, facts) = (event.cloned(), facts.to_vec());
            self.kept.push(Arc::new(Kept { recorded_at, event, facts }));
        }
    }

    /// Lets time act up to an instant, exclusive. It is recorded as for a case.
    pub(crate) fn keep_passed(&mut self, until: Instant, facts: &[Fact]) {
        match self.kept.last().map(|it| it.recorded_at) {
            None => self.apply(facts),
            Some(last) => self.keep(until.max(last), None, facts),
        }
    }

    fn apply(&mut self, facts: &[Fact]) {
        for fact in facts {
            apply(&mut self.stream.case, fact);
        }
        self.facts.extend_from_slice(facts);
    }

    /// The event of it that was accepted under an id.
    pub(crate) fn event(&self, id: Symbol) -> Option<&Event> {
        self.kept.iter().filter_map(|it| it.event.as_ref()).rev().find(|it| it.id == id)
    }

    /// The record as a correction needs it. The first decision is of two events: the one that
    /// began the stop, and the one that was reported.
    fn journal(&self) -> Journal<'_> {
        let mut entries: Vec<Recorded<'_>> = Vec::new();
        for (place, it) in self.kept.iter().enumerate() {
            let (recorded_at, mut facts) = (it.recorded_at, it.facts.as_slice());
            if let Some(beginning) = self.beginning.as_ref().filter(|_| place == 0) {
                entries.push(Recorded { recorded_at, event: Some(beginning), facts });
                facts = &[];
            }
            entries.push(Recorded { recorded_at, event: it.event.as_ref(), facts });
        }
        Journal { entries }
    }
}
