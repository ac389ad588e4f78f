//! Which way an event takes, and what must hold for it.

use crate::machine::{Machine, Move, Operation};
use crate::model::{ConditionId, Escalate, EventId};
use crate::runtime::answer::reasons::{Reason, Reasons};
use crate::runtime::decide::built_in::is_taken_unnamed;
use crate::runtime::decide::work::Work;
use crate::runtime::{NoDecision, RefusalKind};

/// The first branch whose guard holds. `None` for an event that the stage does not name but that
/// lengthens a clock.
pub(crate) fn branch<'m, R: Reasons>(
    work: &mut Work<'m, R>,
    event: EventId,
) -> Result<Option<&'m Move>, NoDecision> {
    let machine: &'m Machine = work.machine;
    let moves = machine.moves(work.case.stage, event);
    for candidate in moves {
        let taken = match &candidate.guard {
            Some(guard) => work.holds(guard, candidate.rule)?,
            None => true,
        };
        if taken {
            work.reasons.considered(|| Reason::Chosen(candidate.rule));
            return possible(work, candidate).map(Some);
        }
    }
    let unnamed = !work.extending.is_empty() || is_taken_unnamed(machine, work.case, event);
    if moves.is_empty() && unnamed {
        return Ok(None);
    }
    let rule = machine.protocol.stages[work.case.stage.index()].rule;
    Err(work.refuse(RefusalKind::Stage, rule))
}

/// On the last rung nothing goes up by an event.
fn possible<'m, R: Reasons>(work: &Work<'m, R>, chosen: &'m Move) -> Result<&'m Move, NoDecision> {
    let up = |it: &Operation| matches!(it, Operation::Raise(Escalate::Up, _));
    let last = work.case.rung.index() + 1 >= work.machine.protocol.ladder.len();
    if last && chosen.operations.iter().any(up) {
        return Err(work.refuse(RefusalKind::LastRung(work.case.rung), chosen.rule));
    }
    Ok(chosen)
}

/// Refuses an event whose conditions do not hold, naming all that do not.
pub(crate) fn requirements<R: Reasons>(
    work: &mut Work<'_, R>,
    event: EventId,
    chosen: Option<&Move>,
) -> Result<(), NoDecision> {
    let machine: &Machine = work.machine;
    let declared = &machine.protocol.events[event.index()];
    let mut unmet: Vec<ConditionId> = Vec::new();
    let of_branch = chosen.map_or(&[][..], |it| &it.requires);
    for id in declared.requires.iter().chain(of_branch) {
        let condition = &machine.protocol.conditions[id.index()];
        let holds = work.holds(&condition.is, condition.rule)?;
        work.reasons.considered(|| Reason::Required(*id, holds));
        if !holds && !unmet.contains(id) {
            unmet.push(*id);
        }
    }
    match unmet.first() {
        None => Ok(()),
        Some(first) => {
            let rule = machine.protocol.conditions[first.index()].rule;
            Err(work.refuse(RefusalKind::Conditions(unmet), rule))
        }
    }
}
