//! Calendars are amended for all cases that are held.

use crate::machine::Machine;
use crate::model::AmendmentId;
use crate::runtime::{Amending, CaseKey, Context, Held, HeldStop, NoDecision, Register, amend};
use crate::text::Strings;
use crate::time::Instant;

impl Register {
    /// Takes an amendment of calendars into all open cases and the stops on their way that do not
    /// have it, at an instant, or after what is recorded of them later. Time must have acted before,
    /// up to the instant. What was decided is kept as recorded at the instant. Closed cases stay as
    /// they are.
    ///
    /// A fault stops its case or its stop, which stays as it was before, and no other one. Gives
    /// what broke.
    pub fn amend(
        &mut self,
        machine: &Machine,
        amendment: AmendmentId,
        at: Instant,
        strings: &Strings,
    ) -> Vec<NoDecision> {
        let mut broken = Vec::new();
        let all: Vec<CaseKey> = self.iter().map(|(key, _)| key).collect();
        for key in all {
            let held = &self[key];
            if held.kept().len() > 0 && !held.case.closed && lacks(held.case.amended, amendment) {
                broken.extend(self.amend_case(machine, key, amendment, at, strings));
            }
        }
        for held in &mut self.stops {
            let Some(own) = machine.stop(held.stream.stop) else { continue };
            let is_here = held.kept().len() > 0 && held.stream.is_live();
            if !is_here || !lacks(held.stream.case.amended, amendment) {
                continue;
            }
            let amending = Amending { amendment, at: at.max(held.recorded_until()) };
            match amend(own, &held.stream.case, amending, &Context::new(strings)) {
                Ok(decision) => held.keep(amending.at, None, &decision.facts),
                Err(none) => broken.push(none),
            }
        }
        broken
    }

    /// Whether some open case, or some stop on its way, does not have an amendment.
    #[must_use]
    pub fn lacks(&self, amendment: AmendmentId) -> bool {
        let case = |held: &Held| {
            held.kept().len() > 0 && !held.case.closed && lacks(held.case.amended, amendment)
        };
        let stop = |held: &HeldStop| {
            let of = &held.stream;
            held.kept().len() > 0 && of.is_live() && lacks(of.case.amended, amendment)
        };
        self.iter().any(|(_, held)| case(held)) || self.stops.iter().any(stop)
    }

    /// Takes the last amendment of calendars into a case before something is reported of it: a
    /// closed one notes it then. What broke, if anything did.
    ///
    /// # Panics
    /// For the key of another register.
    pub fn note_amendments(
        &mut self,
        machine: &Machine,
        key: CaseKey,
        at: Instant,
        strings: &Strings,
    ) -> Option<NoDecision> {
        let last = machine.n_amendments().checked_sub(1).map(AmendmentId::at)?;
        let held = &self[key];
        let is_open = held.case.opened_at.is_some();
        if held.kept().len() == 0 || !is_open || !lacks(held.case.amended, last) {
            return None;
        }
        self.amend_case(machine, key, last, at, strings)
    }

    fn amend_case(
        &mut self,
        machine: &Machine,
        key: CaseKey,
        amendment: AmendmentId,
        at: Instant,
        strings: &Strings,
    ) -> Option<NoDecision> {
        let held = &self[key];
        let amending = Amending { amendment, at: at.max(held.recorded_until()) };
        match amend(machine, &held.case, amending, &Context::new(strings)) {
            Ok(decision) => {
                self.keep(key, |held| held.keep(amending.at, None, &decision.facts));
                self.look(machine, key, strings);
                None
            }
            Err(none) => Some(none),
        }
    }
}

const fn lacks(amended: u16, amendment: AmendmentId) -> bool {
    amended <= amendment.0
}
