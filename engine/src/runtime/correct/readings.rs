//! Two ways of reading a case in the past.

use crate::machine::Machine;
use crate::runtime::{Case, Context, Fact, Journal, NoDecision, apply, standing, wake};
use crate::time::Instant;

/// A case as somebody reads it.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// The case.
    pub case: Case,
    /// The facts that stand in this reading, in order.
    pub facts: Vec<Fact>,
}

/// The case as it was known at an instant: what was recorded by then, inclusive, and what time had
/// done before then, whether anybody had looked or not.
///
/// # Errors
/// A fault; time is never refused anything.
pub fn as_known_at(
    machine: &Machine,
    journal: &Journal<'_>,
    at: Instant,
    context: &Context<'_>,
) -> Result<Reading, NoDecision> {
    let known = journal.entries.iter().filter(|it| it.recorded_at <= at);
    let facts: Vec<Fact> = known.flat_map(|it| it.facts).copied().collect();
    read(machine, &facts, standing(&facts), at, context)
}

/// The case as it truly was at an instant, as far as is known now: with every correction made
/// since, what happened by then, inclusive, and what time had done before then.
///
/// # Errors
/// As [`as_known_at`].
pub fn as_true_at(
    machine: &Machine,
    journal: &Journal<'_>,
    at: Instant,
    context: &Context<'_>,
) -> Result<Reading, NoDecision> {
    let recorded = journal.facts();
    let mut facts = standing(&recorded);
    // An act at the instant itself is in time; what time does at it comes after.
    facts.retain(|fact| fact.at < at || (fact.at == at && fact.cause.is_some()));
    read(machine, &recorded, facts, at, context)
}

fn read(
    machine: &Machine,
    recorded: &[Fact],
    mut facts: Vec<Fact>,
    at: Instant,
    context: &Context<'_>,
) -> Result<Reading, NoDecision> {
    let mut case = Case::new(machine);
    facts.iter().for_each(|fact| apply(&mut case, fact));
    case.note_entry_numbers(recorded);
    if case.opened_at.is_some() {
        let passed = wake(machine, &case, at, context)?;
        passed.facts.iter().for_each(|fact| apply(&mut case, fact));
        facts.extend(passed.facts);
    }
    Ok(Reading { case, facts })
}
