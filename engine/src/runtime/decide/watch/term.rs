//! The terms of guarantees: counted by `[time]` on the calendar of the protocol, never paused.

use crate::machine::Machine;
use crate::model::{GuaranteeId, Point, Promise, RuleId};
use crate::runtime::answer::reasons::{Reason, Reasons};
use crate::runtime::decide::clock::arm;
use crate::runtime::decide::watch::points;
use crate::runtime::decide::work::{Work, untimely};
use crate::runtime::{FactKind, NoDecision};
use crate::time::{Allowance, TimeError};

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

/// The guarantees that end at another instant after so many amendments of the calendars.
pub(crate) fn amended<R>(
    work: &Work<'_, R>,
    amended: u16,
) -> Result<Vec<(RuleId, FactKind)>, NoDecision> {
    let mut moves = Vec::new();
    for (id, before) in work.case.promises_due() {
        let Some(guarantee) = work.machine.protocol.guarantees.get(id.index()) else { continue };
        let (Promise::Within { within, .. } | Promise::TooSoon { within, .. }) = &guarantee.promise
        else {
            continue;
        };
        let Some(promised) = work.case.promise(id) else { continue };
        let due = arm::allowance_due(work.machine, amended, within, promised.start);
        let due = due.map_err(|error: TimeError| untimely(guarantee.rule, error))?;
        if let Some(due) = due.map(|it| it.max(work.at)).filter(|it| *it != before) {
            let (start, due) = (promised.start, Some(due));
            moves.push((guarantee.rule, FactKind::Promised { guarantee: id, start, due }));
        }
    }
    Ok(moves)
}
