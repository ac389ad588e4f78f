//! One stop of one person, from its proposal to its end.

use crate::machine::Machine;
use crate::model::{Covers, StopClock, StopId, StopStage};
use crate::runtime::{Case, CaseKey};
use crate::text::Symbol;
use crate::time::Instant;

/// A stop on its way. A stop that was proposed again after it ended is another stream.
#[derive(Clone, Debug, PartialEq)]
pub struct StopStream {
    /// Which stop.
    pub stop: StopId,
    /// The case on which it was proposed.
    pub on: CaseKey,
    /// The person it restricts, where it is known who.
    pub complainant: Option<Symbol>,
    /// Its state, as a case of the machine of the stop.
    pub case: Case,
}

/// What the letters of a stop may state of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StopDates {
    /// When it ends by itself.
    pub until: Option<Instant>,
    /// When it is looked at again at the latest.
    pub review_on: Option<Instant>,
    /// Until when an appeal is possible.
    pub appeal_until: Option<Instant>,
}

impl StopStream {
    /// A stream in which nothing has happened; `None` for a stop of another protocol.
    #[must_use]
    pub fn new(
        machine: &Machine,
        stop: StopId,
        on: CaseKey,
        complainant: Option<Symbol>,
    ) -> Option<Self> {
        let case = Case::new(machine.stop(stop)?);
        Some(Self { stop, on, complainant, case })
    }

    /// Where it is in its life.
    #[must_use]
    pub fn stage(&self) -> StopStage {
        StopStage::of(self.case.stage).unwrap_or(StopStage::Quiet)
    }

    /// Whether it is in force.
    #[must_use]
    pub fn stands(&self) -> bool {
        self.stage() == StopStage::Standing
    }

    /// Whether it has been proposed and has not come to its end.
    #[must_use]
    pub fn is_live(&self) -> bool {
        !matches!(self.stage(), StopStage::Quiet) && !self.stage().is_end()
    }

    /// Whether it is about a case of this person.
    #[must_use]
    pub fn is_about(&self, machine: &Machine, key: CaseKey, complainant: Option<Symbol>) -> bool {
        let covers = machine.protocol.stops.get(self.stop.index()).map(|it| it.covers);
        let of_person = covers == Some(Covers::Complainant);
        self.on == key || (of_person && complainant.is_some() && complainant == self.complainant)
    }

    /// When it ends, is looked at again and may be appealed against. Unset where that is not
    /// known: before it stands, and after.
    #[must_use]
    pub fn dates(&self) -> StopDates {
        if !self.stands() {
            return StopDates::default();
        }
        let due = |clock: StopClock| self.case.open(clock.id()).and_then(|it| it.times.due);
        StopDates {
            until: self.case.timers.first().map(|it| it.due),
            review_on: due(StopClock::Review),
            appeal_until: due(StopClock::Appeal),
        }
    }
}
