//! What a shell kept of one case, as a correction needs it.

use crate::runtime::{Event, Fact, FactKind};
use crate::text::Symbol;
use crate::time::Instant;

/// The record of one case: every decision that was accepted, in the order of recording. It borrows
/// from whoever keeps it.
#[derive(Clone, Debug, Default)]
pub struct Journal<'a> {
    /// The decisions.
    pub entries: Vec<Recorded<'a>>,
}

/// One decision that was accepted.
#[derive(Clone, Copy, Debug)]
pub struct Recorded<'a> {
    /// When it was recorded: for an event its own `recorded_at`, for time alone the instant before
    /// which time had acted.
    pub recorded_at: Instant,
    /// The event as it was decided, with what it brought from outside; `None` where time alone
    /// acted.
    pub event: Option<&'a Event>,
    /// What was concluded, in order.
    pub facts: &'a [Fact],
}

impl<'a> Journal<'a> {
    /// The events that were accepted, as they came.
    pub fn events(&self) -> impl Iterator<Item = &'a Event> {
        self.entries.iter().filter_map(|it| it.event)
    }

    /// The accepted event with an id.
    #[must_use]
    pub fn event(&self, id: Symbol) -> Option<&'a Event> {
        self.events().find(|it| it.id == id)
    }

    /// Everything that was concluded, as it was recorded.
    #[must_use]
    pub fn facts(&self) -> Vec<Fact> {
        self.entries.iter().flat_map(|it| it.facts).copied().collect()
    }

    /// The events that have no effect, because they would have been refused in their true place.
    #[must_use]
    pub fn aside(&self) -> Vec<Symbol> {
        let facts = || self.entries.iter().flat_map(|it| it.facts);
        let withdrawn =
            |sequence: u32| facts().any(|it| it.kind == FactKind::Withdrawn { sequence });
        let aside = facts().filter_map(|fact| match fact.kind {
            FactKind::SetAside { event } if !withdrawn(fact.sequence) => Some(event),
            _ => None,
        });
        aside.collect()
    }

    /// The latest instant at which something was recorded.
    pub(crate) fn recorded_until(&self) -> Instant {
        self.entries.iter().map(|it| it.recorded_at).max().unwrap_or(Instant::MIN)
    }
}
