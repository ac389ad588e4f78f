//! One case within a register.

use std::sync::Arc;

use crate::machine::Machine;
use crate::runtime::{Case, Event, Fact, Journal, Recorded, apply, fold};
use crate::text::Symbol;
use crate::time::Instant;

/// A case of a [`Register`](crate::runtime::Register), by its place: cases are numbered from 0 as
/// they were added. Means nothing outside its register and is never stored.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CaseKey(u32);

impl CaseKey {
    /// The case that was added first.
    pub const FIRST: Self = Self(0);

    /// The case at a place. A register holds at most 2^32 - 1 cases.
    #[must_use]
    pub fn at(place: usize) -> Self {
        Self(u32::try_from(place).unwrap_or(u32::MAX))
    }

    /// Its place.
    #[must_use]
    pub fn index(self) -> usize {
        usize::try_from(self.0).unwrap_or(usize::MAX)
    }
}

/// A case and how it came about.
#[derive(Clone, Debug)]
pub struct Held {
    /// What the shell calls it.
    pub name: String,
    /// The case as it stands.
    pub case: Case,
    /// What was decided, in the order of deciding; shared with the copies of the register.
    kept: Vec<Arc<Kept>>,
}

/// One decision that was accepted.
#[derive(Clone, Debug, PartialEq)]
pub struct Kept {
    /// When it was recorded: for time alone, the instant before which it had acted, and never
    /// before the decision before it.
    pub recorded_at: Instant,
    /// The event as it was decided, with what it brought from outside; `None` where time alone
    /// acted.
    pub event: Option<Event>,
    /// What was concluded, in order. What time did before the event comes before it.
    pub facts: Vec<Fact>,
}

impl Held {
    /// A case that is not open yet.
    pub(crate) fn new(machine: &Machine, name: &str) -> Self {
        Self { name: name.to_owned(), case: Case::new(machine), kept: Vec::new() }
    }

    /// Applies what was decided and keeps it.
    pub(crate) fn keep(&mut self, recorded_at: Instant, event: Option<&Event>, facts: &[Fact]) {
        for fact in facts {
            apply(&mut self.case, fact);
        }
        if event.is_some() || !facts.is_empty() {
            let (event, facts) = (event.cloned(), facts.to_vec());
            self.kept.push(Arc::new(Kept { recorded_at, event, facts }));
        }
    }

    /// Keeps what time did by an instant. It is recorded then, or with what was recorded last where
    /// that came later: nobody knew of a deadline before the report that started it.
    pub(crate) fn keep_passed(&mut self, until: Instant, facts: &[Fact]) {
        let last = self.kept.last().map_or(until, |it| it.recorded_at);
        self.keep(until.max(last), None, facts);
    }

    /// Keeps late news, after which the case is this one.
    pub(crate) fn keep_late(&mut self, case: Case, event: &Event, facts: &[Fact]) {
        self.keep(event.recorded_at, Some(event), facts);
        self.case = case;
    }

    /// The latest instant at which something was recorded.
    pub(crate) fn recorded_until(&self) -> Instant {
        self.kept.iter().map(|it| it.recorded_at).max().unwrap_or(Instant::MIN)
    }

    /// What was decided, as a correction needs it.
    #[must_use]
    pub fn journal(&self) -> Journal<'_> {
        let entries = self.kept().map(|it| Recorded {
            recorded_at: it.recorded_at,
            event: it.event.as_ref(),
            facts: &it.facts,
        });
        Journal { entries: entries.collect() }
    }

    /// Takes up what was decided before, in the order of deciding: the case is their fold.
    pub(crate) fn restore(&mut self, machine: &Machine, kept: Vec<Arc<Kept>>) {
        let facts: Vec<Fact> = kept.iter().flat_map(|it| &it.facts).copied().collect();
        (self.case, self.kept) = (fold(machine, &facts), kept);
    }

    /// What was decided, in the order of deciding.
    pub fn kept(&self) -> impl ExactSizeIterator<Item = &Arc<Kept>> + Clone {
        self.kept.iter()
    }

    /// Its facts, as they were recorded.
    pub fn facts(&self) -> impl Iterator<Item = &Fact> + Clone {
        self.kept().flat_map(|it| &it.facts)
    }

    /// The events that were accepted, as they were decided.
    pub fn events(&self) -> impl Iterator<Item = &Event> {
        self.kept().filter_map(|it| it.event.as_ref())
    }

    /// The person who complains, where it is known who.
    #[must_use]
    pub const fn person(&self) -> Option<Symbol> {
        self.case.complainant
    }
}
