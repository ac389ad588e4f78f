//! How much of a protocol its scenarios have shown.

use std::collections::BTreeSet;

use crate::machine::Machine;
use crate::scenario::coverage::goals;
use crate::scenario::{Aspect, Goal, Outcome, Seen};

/// What all scenarios of one protocol have shown together.
#[derive(Clone, Debug)]
pub struct Coverage {
    goals: Vec<Goal>,
    seen: BTreeSet<Seen>,
}

/// How many goals of a kind were reached.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Reached by some scenario.
    pub reached: usize,
    /// All there are.
    pub total: usize,
}

impl Coverage {
    /// Nothing shown yet.
    #[must_use]
    pub fn new(machine: &Machine) -> Self {
        Self { goals: goals::all(machine), seen: BTreeSet::new() }
    }

    /// Adds what one scenario has shown.
    pub fn add(&mut self, outcome: &Outcome) {
        self.seen.extend(&outcome.seen);
    }

    /// How many goals under one heading were reached.
    #[must_use]
    pub fn tally(&self, aspect: Aspect) -> Tally {
        let of_aspect = || self.goals.iter().filter(|goal| goal.aspect == aspect);
        let reached = of_aspect().filter(|goal| self.seen.contains(&goal.seen)).count();
        Tally { reached, total: of_aspect().count() }
    }

    /// The goals that no scenario has reached, by heading, in file order.
    pub fn missing(&self) -> impl Iterator<Item = &Goal> {
        self.goals.iter().filter(|goal| !self.seen.contains(&goal.seen))
    }

    /// The share of all goals that were reached, in whole percent, rounded down: 100 says that
    /// nothing is missing. 100 as well where there is nothing to show.
    #[must_use]
    pub fn percent(&self) -> u8 {
        let total = self.goals.len();
        let reached = total.saturating_sub(self.missing().count());
        let percent = reached.saturating_mul(100).checked_div(total).unwrap_or(100);
        u8::try_from(percent).unwrap_or(100)
    }
}
