//! Why: the same decision with a listener that writes down every condition with the values it
//! read and every rule that acted.

use crate::machine::Machine;
use crate::runtime::answer::reasons::{Reason, Recorder};
use crate::runtime::decide::{explained, explained_wake};
use crate::runtime::{Case, Context, Decision, Event, NoDecision};
use crate::time::Instant;

/// A decision and how it came about.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    /// What was considered, in order.
    pub reasons: Vec<Reason>,
    /// What was decided: what `decide` gives for the same input.
    pub outcome: Result<Decision, NoDecision>,
}

/// Decides an event and says why. Changes nothing.
#[must_use]
pub fn explain(
    machine: &Machine,
    case: &Case,
    event: &Event,
    context: &Context<'_>,
) -> Explanation {
    let mut recorder = Recorder::default();
    let outcome = explained(machine, case, event, context, &mut recorder);
    Explanation { reasons: recorder.reasons, outcome }
}

/// Lets time act up to an instant, exclusive, and says why. Changes nothing; what is decided is
/// what [`wake`](crate::runtime::wake) gives for the same input.
#[must_use]
pub fn explain_wake(
    machine: &Machine,
    case: &Case,
    until: Instant,
    context: &Context<'_>,
) -> Explanation {
    let mut recorder = Recorder::default();
    let outcome = explained_wake(machine, case, until, context, &mut recorder);
    Explanation { reasons: recorder.reasons, outcome }
}
