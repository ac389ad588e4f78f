//! Time passes for all cases.

use std::collections::{BTreeMap, BTreeSet};

use crate::machine::Machine;
use crate::model::RuleId;
use crate::runtime::{
    ACTS_MAX, CaseKey, Context, Explanation, Fault, FaultKind, NoDecision, Reason, Register,
    explain_wake,
};
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
        let mut passed = Vec::new();
        let mut broken = BTreeSet::new();
        let mut acts = BTreeMap::<CaseKey, u32>::new();
        while let Some((key, turn)) = self.first_due(until, &broken) {
            let mut why = explain_wake(machine, &self[key].case, turn, context);
            let (n_acts, last) = acts_in(&why.reasons);
            let acted = acts.entry(key).or_default();
            *acted = acted.saturating_add(n_acts);
            if let Some(rule) = last.filter(|_| *acted > ACTS_MAX) {
                let kind = FaultKind::TooManyActs;
                why.outcome = Err(NoDecision::Faulted(Box::new(Fault { rule, kind })));
            }
            match &why.outcome {
                Ok(decision) if n_acts > 0 => {
                    self.keep(key, |held| held.keep(turn, None, &decision.facts));
                    self.look(machine, key, context.strings);
                }
                _ => {
                    broken.insert(key);
                }
            }
            passed.push((key, why));
        }
        passed
    }
}

/// How often time acted, and on which rule last.
fn acts_in(reasons: &[Reason]) -> (u32, Option<RuleId>) {
    let rules = reasons.iter().filter_map(|it| match it {
        Reason::TimeActed(rule, _) => Some(*rule),
        _ => None,
    });
    rules.fold((0, None), |(n, _), rule| (n.saturating_add(1), Some(rule)))
}
