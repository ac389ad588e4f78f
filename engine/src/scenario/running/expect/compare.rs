//! What a step expects, held against what happened.

use crate::machine::Machine;
use crate::runtime::{Fact, Refusal};
use crate::scenario::running::expect::{corrected, hidden, stops};
use crate::scenario::running::failure::failure;
use crate::scenario::running::underway::Running;
use crate::scenario::{Cited, Failure, Step};
use crate::text::Span;

/// The aspect under which a refusal, or the lack of one, is reported.
pub(crate) const REFUSED: &str = "refused";

/// Compares one step with its expectations and adds what differs.
pub(crate) fn compare(running: &Running<'_>, step: &Step, failures: &mut Vec<Failure>) {
    compare_case(running, step, failures);
    stops::compare(running, step, failures);
}

/// Compares what came of the reports and of the case. After a refusal that is not expected nothing
/// else of the case is compared.
fn compare_case(running: &Running<'_>, step: &Step, failures: &mut Vec<Failure>) {
    let facts = &running.facts;
    let compared = Compared { running, step, facts };
    let refused = running.reported.iter().find(|it| it.refusal.is_some());
    let machine = refused.map_or(running.machine, |it| it.event.decided_by(running.machine));
    let refusal = refused.and_then(|it| it.refusal.as_ref());
    failures.extend(compared.refusal(machine, refusal));
    if refusal.is_some() && step.expect.refused.is_none() {
        return;
    }
    compare_state(running, step, facts, failures);
    corrected::compare(running, step, failures);
    corrected::compare_past(running, step, failures);
}

/// Compares what happened and how the case stands.
pub(crate) fn compare_state(
    running: &Running<'_>,
    step: &Step,
    facts: &[Fact],
    failures: &mut Vec<Failure>,
) {
    let compared = Compared { running, step, facts };
    compared.happened(failures);
    compared.state(failures);
    compared.clocks(failures);
    compared.retention(failures);
    compared.fields(failures);
    compared.entries(failures);
    hidden::compare(running.machine, step, failures);
}

/// One step, and what happened in it.
pub(crate) struct Compared<'a> {
    pub(crate) running: &'a Running<'a>,
    pub(crate) step: &'a Step,
    pub(crate) facts: &'a [Fact],
}

impl Compared<'_> {
    pub(crate) fn differs(
        &self,
        aspect: &'static str,
        span: Span,
        expected: String,
        was: String,
    ) -> Failure {
        let mut failure = *failure(self.step, aspect, expected, was);
        failure.span = span;
        failure
    }

    fn refusal(&self, machine: &Machine, refusal: Option<&Refusal>) -> Option<Failure> {
        let said = |refusal: &Refusal| {
            let name = refusal.name(machine);
            format!("refused: `{name}` ({})", refusal.sentences(machine).join("; "))
        };
        let mut failure = match (&self.step.expect.refused, refusal) {
            (Some(expected), Some(refusal)) if expected.value == refusal.name(machine) => {
                return None;
            }
            (Some(expected), refusal) => {
                let wanted = format!("refused: `{}`", expected.value);
                let was = refusal.map_or_else(|| "accepted".to_owned(), said);
                self.differs(REFUSED, expected.span, wanted, was)
            }
            (None, Some(refusal)) => {
                self.differs(REFUSED, self.step.span, "accepted".to_owned(), said(refusal))
            }
            (None, None) => return None,
        };
        failure.rule = refusal.map(|it| Cited::of(machine, it.rule));
        Some(failure)
    }
}
