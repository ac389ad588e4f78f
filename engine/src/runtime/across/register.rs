//! The cases that a shell holds.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Index;

use crate::machine::Machine;
use crate::runtime::across::trends::Watch;
use crate::runtime::{
    Case, CaseKey, Context, Correction, Decision, Event, Explanation, Held, HeldStop, Posted,
    next_due, posted,
};
use crate::runtime::{Change, Signal};
use crate::text::{Strings, Symbol};
use crate::time::Instant;

/// The cases of one protocol that a shell holds in memory. All of them keep their strings in one
/// table, which the shell owns. The machine handed in must always be the same.
#[derive(Clone, Debug, Default)]
pub struct Register {
    held: Vec<Held>,
    /// When time acts next on each case that has something to come.
    due: BTreeSet<(Instant, CaseKey)>,
    /// The cases of each person, in the order in which they were opened.
    of_person: BTreeMap<Symbol, Vec<CaseKey>>,
    /// What is counted of trends.
    pub(super) watch: Watch,
    /// The stops, those that ended included.
    pub(super) stops: Vec<HeldStop>,
}

impl Register {
    /// Adds a case that is not open yet.
    pub fn add(&mut self, machine: &Machine, name: &str) -> CaseKey {
        let key = CaseKey::at(self.held.len());
        self.held.push(Held::new(machine, name));
        key
    }

    pub(super) fn drop_last(&mut self) {
        self.held.pop();
    }

    /// The case with a key; nothing for a key of another register.
    #[must_use]
    pub fn get(&self, key: CaseKey) -> Option<&Held> {
        self.held.get(key.index())
    }

    /// All cases with their keys, as they were added.
    pub fn iter(&self) -> impl Iterator<Item = (CaseKey, &Held)> {
        self.held.iter().enumerate().map(|(place, held)| (CaseKey::at(place), held))
    }

    /// How many cases there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.held.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.held.is_empty()
    }

    /// The cases of a person, in the order in which they were opened.
    #[must_use]
    pub fn cases_of(&self, person: Symbol) -> &[CaseKey] {
        self.of_person.get(&person).map_or(&[], Vec::as_slice)
    }

    /// When time alone acts next on any case, and on which: as
    /// [`next_due`], the first instant at which it has acted.
    #[must_use]
    pub fn next_due(&self) -> Option<(Instant, CaseKey)> {
        self.due.first().copied()
    }

    /// Reports an event to one case: brings what is known of the person's other cases, decides it,
    /// in order or late, and keeps the event and what was decided where it was accepted. A refusal
    /// or a fault changes nothing but what the event brings; neither does an event that is reported
    /// once more.
    ///
    /// # Panics
    /// For the key of another register.
    pub fn report(
        &mut self,
        machine: &Machine,
        key: CaseKey,
        event: &mut Event,
        context: &Context<'_>,
    ) -> Explanation {
        if let Err(none) = self.bring(machine, key, event, context.strings) {
            return Explanation { reasons: Vec::new(), outcome: Err(none) };
        }
        let held = &self[key];
        let (reasons, posted) = posted(machine, &held.journal(), &held.case, event, context);
        let outcome = posted.map(|posted| match posted {
            Posted::Again => Decision::default(),
            Posted::Decided(decision) => {
                let facts = &decision.facts;
                self.keep(key, |held| held.keep(event.recorded_at, Some(event), facts));
                self.look(machine, key, context.strings);
                decision
            }
            Posted::Corrected(Correction { facts, effects, case }) => {
                self.keep(key, |held| held.keep_late(case, event, &facts));
                self.look(machine, key, context.strings);
                Decision { facts, effects }
            }
        });
        Explanation { reasons, outcome }
    }

    /// Shows a case as it is read, for a copy that nothing is reported to.
    pub(crate) fn show(&mut self, key: CaseKey, case: Case) {
        if let Some(held) = self.held.get_mut(key.index()) {
            held.case = case;
        }
    }

    /// What became known about trends, in order; nothing is ever taken out.
    #[must_use]
    pub fn changes(&self) -> &[Change] {
        &self.watch.changes
    }

    /// The signals that stand, by instant, then in file order: what
    /// [`trends`](crate::runtime::trends) works out anew.
    #[must_use]
    pub fn signals(&self) -> Vec<Signal> {
        self.watch.standing()
    }

    /// Looks whether a case that has changed makes or unmakes a trend.
    pub(crate) fn look(&mut self, machine: &Machine, key: CaseKey, strings: &Strings) {
        if machine.protocol.trends.is_empty() {
            return;
        }
        let Some(held) = self.held.get(key.index()) else { return };
        self.watch.look(machine, key, held, strings);
    }

    /// Keeps what was decided of a case.
    pub(crate) fn keep(&mut self, key: CaseKey, keep: impl FnOnce(&mut Held)) {
        let Some(held) = self.held.get_mut(key.index()) else { return };
        let (before, nobody) = (next_due(&held.case), held.person().is_none());
        keep(held);
        if let Some(person) = held.person().filter(|_| nobody) {
            self.of_person.entry(person).or_default().push(key);
        }
        let after = next_due(&held.case);
        if before != after {
            before.map(|at| self.due.remove(&(at, key)));
            self.due.extend(after.map(|at| (at, key)));
        }
    }

    /// The case on which time acts first at or before an instant, but for these; and how far it
    /// may go until another one has its turn.
    pub(crate) fn first_due(
        &self,
        until: Instant,
        but: &BTreeSet<CaseKey>,
    ) -> Option<(CaseKey, Instant)> {
        let mut due = self.due.iter().filter(|(_, key)| !but.contains(key));
        let (_, first) = due.next().filter(|(at, _)| *at <= until)?;
        let turn = due.next().map_or(until, |(at, next)| match first < next {
            true => *at,
            false => at.plus_ms(-1).unwrap_or(*at),
        });
        Some((*first, turn.min(until)))
    }
}

impl Index<CaseKey> for Register {
    type Output = Held;

    fn index(&self, key: CaseKey) -> &Held {
        &self.held[key.index()]
    }
}
