//! The terms of guarantees: counted by `[time]` on the calendar of the protocol, never paused.

use crate::machine::Machine;
use crate::model::{GuaranteeId, Point, Promise, RuleId};
use crate::runtime::answer::reasons::{Reason, Reasons};
use crate::runtime::decide::clock::arm;
use crate::runtime::decide::watch::points;
use crate::runtime::decide::work::{Work, untimely};
use crate::runtime::{FactKind, NoDecision, PromiseState};
use crate::time::Allowance;

/// A term and the entry that states it.
pub(super) struct Term<'a> {
    pub(super) within: &'a Allowance,
    pub(super) rule: RuleId,
}

/// Begins a guarantee, anew where it is open, on a point.
pub(super) fn begin<R: Reasons>(
    work: &mut Work<'_, R>,
    id: GuaranteeId,
    term: &Term<'_>,
    point: Point,
) -> Result<(), NoDecision> {
    let start = arm::start_on(work, point);
    let due = arm::allowance_due(work.machine, work.case.amended, term.within, start);
    let due = due.map_err(|error| untimely(term.rule, error))?;
    // What counts from a date, or from a receipt, long ago ends now at the earliest.
    let due = due.map(|it| it.max(work.at));
    work.reasons.considered(|| Reason::Clock(term.rule));
    work.record(term.rule, FactKind::Promised { guarantee: id, start, due });
    Ok(())
}

/// The term of a guarantee is over: what had to happen did not, or what must not happen may.
pub(crate) fn runs_out<R: Reasons>(work: &mut Work<'_, R>, id: GuaranteeId) {
    let machine: &Machine = work.machine;
    let guarantee = &machine.protocol.guarantees[id.index()];
    match guarantee.promise {
        Promise::Within { .. } => points::broken(work, id, guarantee.rule),
        _ => work.record(guarantee.rule, FactKind::Kept { guarantee: id }),
    }
}

/// The guarantees that end at another instant after so many amendments of the calendars. What was
/// broken and is owed still is open again where its term is not over at this instant.
pub(crate) fn amended<R>(
    work: &Work<'_, R>,
    amended: u16,
) -> Result<Vec<(RuleId, FactKind)>, NoDecision> {
    let mut moves = Vec::new();
    for promised in &work.case.promises {
        let id = promised.guarantee;
        let Some(guarantee) = work.machine.protocol.guarantees.get(id.index()) else { continue };
        let is_over = promised.state == PromiseState::Broken;
        let within = match &guarantee.promise {
            _ if promised.state == PromiseState::Kept => continue,
            Promise::Within { within, .. } => within,
            Promise::TooSoon { within, .. } if !is_over => within,
            _ => continue,
        };
        let (start, rule) = (promised.start, guarantee.rule);
        let due = arm::allowance_due(work.machine, amended, within, start);
        let due = due.map_err(|error| untimely(rule, error))?;
        let due = due.filter(|it| !is_over || *it >= work.at).map(|it| it.max(work.at));
        if due.is_some() && due != promised.due {
            moves.push((rule, FactKind::Promised { guarantee: id, start, due }));
        }
    }
    Ok(moves)
}
