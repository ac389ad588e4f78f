//! A course decided from nothing: what the engine itself says of it.

use engine::machine::Machine;
use engine::runtime::{Case, Context, Fact, FactKind, apply, decide, wake};

use crate::confirm::{Found, Goal};
use crate::verdict::Course;

/// What a course shows, decided once more from nothing, and the facts of it; nothing where an
/// event is refused, a condition breaks, a deadline is missed that is taken to be met, or the goal
/// is not in the facts.
#[must_use]
pub fn replay(machine: &Machine, course: &Course, goal: Goal) -> Option<(Found, Vec<Fact>)> {
    let facts = decided(machine, course)?;
    let found = goal.found(machine, facts.iter())?;
    is_as_assumed(machine, goal, facts.iter()).then_some((found, facts))
}

/// The facts of a course: every event is decided in order, and time acts until its end. Nothing
/// where an event is refused or a condition breaks.
pub(super) fn decided(machine: &Machine, course: &Course) -> Option<Vec<Fact>> {
    let context = Context::new(&course.strings);
    let mut case = Case::new(machine);
    let mut facts: Vec<Fact> = Vec::new();
    for event in &course.events {
        let decision = decide(machine, &case, event, &context).ok()?;
        decision.facts.iter().for_each(|fact| apply(&mut case, fact));
        facts.extend(decision.facts);
    }
    facts.extend(wake(machine, &case, course.until, &context).ok()?.facts);
    Some(facts)
}

/// Whether the deadlines that are taken to be met in time are not missed.
pub(super) fn is_as_assumed<'f>(
    machine: &Machine,
    goal: Goal,
    facts: impl Iterator<Item = &'f Fact>,
) -> bool {
    let mut facts = facts;
    let assumed = goal.assumed(machine);
    let is_missed = |it: &Fact| matches!(it.kind, FactKind::Breached { clock } if assumed.contains(&clock.deadline));
    assumed.is_empty() || !facts.any(is_missed)
}
