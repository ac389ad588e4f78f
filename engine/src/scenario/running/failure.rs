//! What went otherwise than a step says.

use crate::machine::Machine;
use crate::runtime::{Fault, FaultKind, NoDecision};
use crate::scenario::{Cited, Failure, Step};

/// A step in which one thing was not as it was to be.
pub(crate) fn failure(
    step: &Step,
    aspect: &'static str,
    expected: String,
    was: String,
) -> Box<Failure> {
    Box::new(Failure {
        step: step.number,
        what: step.what.clone(),
        span: step.span,
        aspect,
        subject: None,
        expected,
        was,
        because: None,
        rule: None,
    })
}

/// A step that came to no decision.
pub(crate) fn no_decision(machine: &Machine, step: &Step, none: &NoDecision) -> Box<Failure> {
    let NoDecision::Faulted(fault) = none else {
        return failure(step, "event", "a decision".to_owned(), "a refusal".to_owned());
    };
    let Fault { rule, kind } = fault.as_ref();
    let sentence = kind.sentence(&machine.protocol);
    let was = match kind {
        FaultKind::Script(_) => format!("a condition broke: {sentence}"),
        FaultKind::Time(_) | FaultKind::TooManyActs => sentence,
    };
    let mut failure = failure(step, "event", "a decision".to_owned(), was);
    failure.rule = Some(Cited::of(machine, *rule));
    failure
}
