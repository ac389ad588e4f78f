//! The definition of a case: its facts, less those withdrawn, in order.

use crate::machine::Machine;
use crate::runtime::{Case, Fact, FactKind, apply};

/// Makes a case from its facts, in whatever order they are handed in. Facts that a later fact
/// withdraws do not count; a withdrawal of a withdrawal does not bring a fact back, for a
/// correction adds what became true as a new fact.
#[must_use]
pub fn fold(machine: &Machine, facts: &[Fact]) -> Case {
    let mut withdrawn: Vec<u32> = facts
        .iter()
        .filter_map(|fact| match fact.kind {
            FactKind::Withdrawn { sequence } => Some(sequence),
            _ => None,
        })
        .collect();
    withdrawn.sort_unstable();
    let stands = |fact: &&Fact| withdrawn.binary_search(&fact.sequence).is_err();
    let mut ordered: Vec<&Fact> = facts.iter().filter(stands).collect();
    ordered.sort_by_key(|fact| fact.order());
    ordered.dedup_by_key(|fact| fact.sequence);
    let mut case = Case::new(machine);
    for fact in ordered {
        apply(&mut case, fact);
    }
    case.sequence = facts.iter().map(|fact| fact.sequence).max().unwrap_or(0);
    case
}
