//! The definition of a case: its facts, less those withdrawn, in order.

use crate::machine::Machine;
use crate::runtime::{Case, Fact, FactKind, apply};

/// Makes a case from its facts, in whatever order they are handed in. Facts that a later fact
/// withdraws do not count; a withdrawal of a withdrawal does not bring a fact back, for a
/// correction adds what became true as a new fact.
#[must_use]
pub fn fold(machine: &Machine, facts: &[Fact]) -> Case {
    let mut case = Case::new(machine);
    for fact in standing(facts) {
        apply(&mut case, &fact);
    }
    case.note_entry_numbers(facts);
    case.sequence = facts.iter().map(|fact| fact.sequence).max().unwrap_or(0);
    case
}

/// The facts of a case that stand, in order: less those withdrawn, and less those that are about
/// the record alone.
#[must_use]
pub fn standing(facts: &[Fact]) -> Vec<Fact> {
    let of_record = |fact: &&Fact| fact.kind.is_of_the_record();
    if !facts.iter().any(|fact| of_record(&fact)) {
        let mut all = facts.to_vec();
        sort(&mut all);
        return all;
    }
    let mut notes: Vec<&Fact> = facts.iter().filter(of_record).collect();
    notes.sort_by_key(|fact| fact.sequence);
    let mut withdrawn: Vec<u32> = notes
        .iter()
        .filter_map(|fact| match fact.kind {
            FactKind::Withdrawn { sequence } => Some(sequence),
            _ => None,
        })
        .collect();
    withdrawn.sort_unstable();
    let mut all: Vec<Fact> = facts.iter().filter(|fact| !of_record(fact)).copied().collect();
    sort(&mut all);
    for note in notes {
        if let FactKind::InsertedBefore { fact, before } = note.kind {
            insert(&mut all, fact, before);
        }
    }
    all.retain(|fact| withdrawn.binary_search(&fact.sequence).is_err());
    all
}

fn sort(facts: &mut Vec<Fact>) {
    facts.sort_by_key(Fact::order);
    facts.dedup_by_key(|fact| fact.sequence);
}

/// Moves a fact in front of another one of its instant. A note that fits no facts moves nothing.
fn insert(facts: &mut Vec<Fact>, moved: u32, before: u32) {
    let place = |sequence: u32| facts.iter().position(|it| it.sequence == sequence);
    let (Some(from), Some(to)) = (place(moved), place(before)) else { return };
    let beside = |at: usize| facts.get(at).map(|it| (it.at, it.cause.is_none()));
    if to < from && beside(to) == beside(from) {
        let fact = facts.remove(from);
        facts.insert(to, fact);
    }
}
