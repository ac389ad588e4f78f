//! A case on its way through the real engine.

use std::sync::Arc;

use engine::machine::Machine;
use engine::model::Party;
use engine::runtime::{Case, Context, Event, Fact, Scratch, decide_into, wake_into};
use engine::text::Strings;
use engine::time::Instant;

use crate::Patience;

/// So many facts are as much work as being asked once.
const FACTS_A_CALL: usize = 8;

/// Whether there is time for more is asked every so many calls.
const CALLS_A_LOOK: u32 = 16;

/// The engine with its memory, and how often it may still be asked.
pub(super) struct Engine<'m> {
    pub(super) machine: &'m Machine,
    pub(super) strings: Strings,
    scratch: Scratch,
    left: u32,
    asked: u32,
    patience: &'m Patience,
    is_over: bool,
}

/// A case as it is after some events, and how it came to be so.
#[derive(Clone, Debug)]
pub(super) struct Walk {
    pub(super) case: Case,
    pub(super) n_events: usize,
    pub(super) n_facts: usize,
    came: Option<Arc<Came>>,
}

/// A step of a walk. Walks that were one before share what was before.
#[derive(Debug)]
struct Came {
    before: Option<Arc<Self>>,
    event: Option<Event>,
    facts: Box<[Fact]>,
}

impl Walk {
    /// A case that is not open yet.
    pub(super) fn new(machine: &Machine) -> Self {
        Self { case: Case::new(machine), n_events: 0, n_facts: 0, came: None }
    }

    /// The events, in order.
    pub(super) fn events(&self) -> impl Iterator<Item = &Event> {
        self.steps().filter_map(|it| it.event.as_ref())
    }

    /// The facts, in order.
    pub(super) fn facts(&self) -> impl Iterator<Item = &Fact> {
        self.steps().flat_map(|it| &it.facts)
    }

    /// The facts of the last step.
    pub(super) fn made(&self) -> &[Fact] {
        self.came.as_deref().map_or(&[], |it| &it.facts)
    }

    fn steps(&self) -> impl Iterator<Item = &Came> {
        let last = self.came.as_deref();
        let steps: Vec<&Came> = std::iter::successors(last, |it| it.before.as_deref()).collect();
        steps.into_iter().rev()
    }

    /// The same case without how it came to be so.
    pub(super) fn without_steps(self) -> Self {
        Self { came: None, ..self }
    }

    /// The first instant at which somebody may report something: what time did comes after every
    /// event of its instant.
    pub(super) fn ready_at(&self) -> Instant {
        let acted = self.case.acted_at;
        let acted = acted.plus_ms(1).filter(|_| acted != Instant::MIN).unwrap_or(acted);
        self.case.reported_at.max(acted)
    }
}

impl<'m> Engine<'m> {
    pub(super) fn new(machine: &'m Machine, calls: u32, patience: &'m Patience) -> Self {
        let (strings, scratch) = (machine.strings(), Scratch::new(machine));
        Self { machine, strings, scratch, left: calls, asked: 0, patience, is_over: false }
    }

    /// How often it may still be asked.
    pub(super) const fn left(&self) -> u32 {
        if self.is_over { 0 } else { self.left }
    }

    /// How often it was asked.
    pub(super) const fn asked(&self) -> u32 {
        self.asked
    }

    /// Whether there is no time for more.
    pub(super) const fn is_over(&self) -> bool {
        self.is_over
    }

    /// Lets it be asked so often from here on.
    pub(super) const fn allow(&mut self, calls: u32) {
        self.left = calls;
    }

    /// Whether an event names only what the protocol has.
    fn fits(&self, event: &Event) -> bool {
        let protocol = &self.machine.protocol;
        let is_role = match event.actor.party {
            Party::Role(role) => role.index() < protocol.roles.len(),
            _ => true,
        };
        is_role
            && event.kind.index() < protocol.events.len()
            && event.channel.is_none_or(|it| it.index() < protocol.channels.len())
            && event.intake.is_none_or(|it| it.index() < protocol.intake.len().max(1))
    }

    fn ask(&mut self) -> Option<()> {
        self.is_over |= self.asked.is_multiple_of(CALLS_A_LOOK) && self.patience.is_over();
        self.asked = self.asked.wrapping_add(1);
        self.left = self.left().checked_sub(1)?;
        Some(())
    }

    /// The case after an event; nothing where the event is refused or a condition breaks. The
    /// facts that are new are [`Walk::made`].
    pub(super) fn report(&mut self, walk: &Walk, event: &Event) -> Option<Walk> {
        if !self.fits(event) {
            return None;
        }
        self.ask()?;
        let context = Context::new(&self.strings);
        let (case, scratch) = (&walk.case, &mut self.scratch);
        let decided = decide_into(self.machine, case, event, &context, scratch);
        self.charge();
        decided.ok()?;
        Some(self.next(walk, Some(event)))
    }

    /// Whether an event is accepted.
    pub(super) fn accepts(&mut self, walk: &Walk, event: &Event) -> bool {
        if !self.fits(event) || self.ask().is_none() {
            return false;
        }
        let context = Context::new(&self.strings);
        let decided = decide_into(self.machine, &walk.case, event, &context, &mut self.scratch);
        self.charge();
        decided.is_ok()
    }

    /// The case after time has acted before an instant.
    pub(super) fn pass(&mut self, walk: &Walk, until: Instant) -> Option<Walk> {
        self.ask()?;
        let context = Context::new(&self.strings);
        let passed = wake_into(self.machine, &walk.case, until, &context, &mut self.scratch);
        self.charge();
        passed.ok()?;
        Some(self.next(walk, None))
    }

    /// What lets time act very often counts for as much as it takes.
    fn charge(&mut self) {
        let more = u32::try_from(self.scratch.facts.len() / FACTS_A_CALL).unwrap_or(u32::MAX);
        self.left = self.left.saturating_sub(more);
    }

    fn next(&self, walk: &Walk, event: Option<&Event>) -> Walk {
        let facts = &self.scratch.facts;
        let came =
            Came { before: walk.came.clone(), event: event.cloned(), facts: facts[..].into() };
        Walk {
            case: self.scratch.case().clone(),
            n_events: walk.n_events + usize::from(event.is_some()),
            n_facts: walk.n_facts + facts.len(),
            came: Some(Arc::new(came)),
        }
    }
}
