//! A register made again from what was kept of its cases and stops. Nothing is decided again.

use std::sync::Arc;

use crate::machine::Machine;
use crate::model::StopId;
use crate::runtime::{Case, CaseKey, HeldStop, Kept, Register, StopKey, StopStream};
use crate::text::Symbol;

impl Register {
    /// Adds a case from what was kept of it, in the order of deciding. Trends are not counted: a
    /// register that is made again case by case does not have all of them at any time.
    pub fn restore(&mut self, machine: &Machine, name: &str, kept: Vec<Arc<Kept>>) -> CaseKey {
        let key = self.add(machine, name);
        self.keep(key, |held| held.restore(machine, kept));
        key
    }

    /// Adds a stop from what was kept of it, in the order of deciding. `None` for a stop of
    /// another protocol.
    pub fn restore_stop(
        &mut self,
        machine: &Machine,
        stop: StopId,
        on: CaseKey,
        complainant: Option<Symbol>,
        kept: impl IntoIterator<Item = Kept>,
    ) -> Option<StopKey> {
        let stream = StopStream::new(machine, stop, on, complainant)?;
        let held = HeldStop::restored(machine.stop(stop)?, stream, kept.into_iter().collect());
        Some(self.push_stop(held))
    }

    /// Takes the case that was added last out again, where it was never opened: its opening was
    /// refused.
    pub fn drop_unopened(&mut self, key: CaseKey) {
        let is_last = key.index().saturating_add(1) == self.len();
        if is_last && self.get(key).is_some_and(|it| it.case.opened_at.is_none()) {
            self.drop_last();
        }
    }

    /// Adds a case that is decided elsewhere, as this register sees it: it is looked back at, and
    /// nothing is kept of it here.
    pub fn add_seen(&mut self, machine: &Machine, name: &str, case: Case) -> CaseKey {
        let key = self.add(machine, name);
        self.see(key, case);
        key
    }

    /// Sees a case that is decided elsewhere as it is now.
    pub fn see(&mut self, key: CaseKey, case: Case) {
        self.keep(key, |held| held.case = case);
    }

    /// Adds a stop that is decided elsewhere, as this register sees it.
    pub fn add_seen_stop(&mut self, stream: StopStream, from: &HeldStop) -> StopKey {
        self.push_stop(HeldStop::seen(stream, from))
    }

    /// Sees a stop that is decided elsewhere as it is now.
    pub fn see_stop(&mut self, key: StopKey, stream: StopStream, from: &HeldStop) {
        if let Some(held) = self.stops.get_mut(key.index()) {
            *held = HeldStop::seen(stream, from);
        }
    }
}
