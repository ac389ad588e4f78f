//! Time passes for all cases.

use std::collections::{BTreeMap, BTreeSet};

use crate::machine::Machine;
use crate::model::RuleId;
use crate::runtime::{
    ACTS_MAX, CaseKey, Context, Explanation, Fault, FaultKind, NoDecision, Reason, Register,
    StopKey, explain_wake, next_due,
};
use crate::text::Strings;
use crate::time::Instant;

impl Register {
    /// Lets time act on all cases up to an instant, exclusive: earliest first over all of them,
    /// cases of the same instant in the order in which they were added. What was decided is kept.
    ///
    /// A fault stops its case, which stays as it was before, and no other one.
    pub fn pass(
        &mut self,
        machine: &Machine,
        until: Instant,
        context: &Context<'_>,
    ) -> Vec<(CaseKey, Explanation)> {
        self.pass_sound(machine, until, context, &mut Passing::default())
    }

    /// The same for the cases that have not broken before.
    fn pass_sound(
        &mut self,
        machine: &Machine,
        until: Instant,
        context: &Context<'_>,
        passing: &mut Passing,
    ) -> Vec<(CaseKey, Explanation)> {
        let mut passed = Vec::new();
        while let Some((key, turn)) = self.first_due(until, &passing.broken) {
            let mut why = explain_wake(machine, &self[key].case, turn, context);
            let (n_acts, last) = acts_in(&why.reasons);
            let acted = passing.acts.entry(key).or_default();
            *acted = acted.saturating_add(n_acts);
            if let Some(rule) = last.filter(|_| *acted > ACTS_MAX) {
                let kind = FaultKind::TooManyActs;
                why.outcome = Err(NoDecision::Faulted(Box::new(Fault { rule, kind })));
            }
            match &why.outcome {
                Ok(decision) if n_acts > 0 => {
                    self.keep(key, |held| held.keep_passed(turn, &decision.facts));
                    self.look(machine, key, context.strings);
                }
                _ => {
                    passing.broken.insert(key);
                }
            }
            passed.push((key, why));
        }
        passed
    }

    /// Lets time act on all cases and stops up to an instant, inclusive of what has acted at it:
    /// one instant after the other, cases before stops, and what it does to each at each instant
    /// is kept as a decision of its own, recorded at that instant, or with the report that made the
    /// instant known where that was recorded later. So what is kept is the same whether somebody
    /// looked at every instant or only at the last.
    ///
    /// A fault stops its case or its stop, which stays as it was before, and no other one. Gives
    /// what broke.
    pub fn pass_singly(
        &mut self,
        machine: &Machine,
        until: Instant,
        strings: &mut Strings,
    ) -> Vec<NoDecision> {
        let mut passing = Passing::default();
        let mut found = Vec::new();
        while let Some(at) = self.next_sound_due(&passing).filter(|at| *at <= until) {
            let cases = self.pass_sound(machine, at, &Context::new(strings), &mut passing);
            found.extend(cases.into_iter().filter_map(|(_, why)| why.outcome.err()));
            if machine.protocol.stops.is_empty() {
                continue;
            }
            self.end_with_cases(machine, strings);
            let context = Context::new(strings);
            let stops = self.pass_sound_stops(machine, at, &context, &mut passing.broken_stops);
            found.extend(stops.into_iter().filter_map(|(_, why)| why.outcome.err()));
        }
        found
    }

    /// When time acts first on anything that has not broken.
    fn next_sound_due(&self, passing: &Passing) -> Option<Instant> {
        let case = self.first_due(Instant::MAX, &passing.broken).map(|(key, _)| &self[key].case);
        let stop = self.next_sound_stop_due(&passing.broken_stops);
        case.and_then(next_due).into_iter().chain(stop).min()
    }
}

/// How far time has come.
#[derive(Default)]
struct Passing {
    /// The cases on which it cannot act.
    broken: BTreeSet<CaseKey>,
    /// The stops on which it cannot act.
    broken_stops: BTreeSet<StopKey>,
    /// How often it has acted on each case.
    acts: BTreeMap<CaseKey, u32>,
}

/// How often time acted, and on which rule last.
fn acts_in(reasons: &[Reason]) -> (u32, Option<RuleId>) {
    let rules = reasons.iter().filter_map(|it| match it {
        Reason::TimeActed(rule, _) => Some(*rule),
        _ => None,
    });
    rules.fold((0, None), |(n, _), rule| (n.saturating_add(1), Some(rule)))
}
