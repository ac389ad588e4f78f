//! Clocks stand still in the stages that say so, for no longer than these say.

use crate::machine::Machine;
use crate::model::StageId;
use crate::runtime::answer::reasons::{Reason, Reasons};
use crate::runtime::case::counted;
use crate::runtime::case::due;
use crate::runtime::decide::work::{Work, untimely};
use crate::runtime::{Clock, ClockId, ClockState, FactKind, NoDecision, Times};

/// Pauses what the stage pauses, then lets run what only the stage before paused.
pub(crate) fn for_stage<R: Reasons>(
    work: &mut Work<'_, R>,
    from: StageId,
) -> Result<(), NoDecision> {
    let machine: &Machine = work.machine;
    let stage = work.case.stage;
    if stage == from || !machine.looked_after.pauses {
        return Ok(());
    }
    for (deadline, _) in machine.pausing(stage) {
        for at in 0..work.case.clocks.len() {
            let clock = work.case.clocks[at];
            if clock.id.deadline == *deadline && clock.state == ClockState::Running {
                if_stage_does(work, clock.id)?;
            }
        }
    }
    for at in 0..work.case.clocks.len() {
        let clock = work.case.clocks[at];
        if matches!(clock.state, ClockState::Paused(by) if by != stage) {
            resume(work, clock.id)?;
            if_stage_does(work, clock.id)?;
        }
    }
    Ok(())
}

/// Pauses a running clock if the stage pauses it and anything is left of the limit. A clock that
/// is out of time, counts nothing or has an agreed date does not stand still.
pub(crate) fn if_stage_does<R: Reasons>(
    work: &mut Work<'_, R>,
    id: ClockId,
) -> Result<(), NoDecision> {
    let machine: &Machine = work.machine;
    let stage = work.case.stage;
    let pausing = machine.pausing(stage);
    let Some((_, place)) = pausing.iter().find(|(deadline, _)| *deadline == id.deadline) else {
        return Ok(());
    };
    let Some(clock) = work.case.clock(id).copied() else { return Ok(()) };
    let deadline = &machine.protocol.deadlines[id.deadline.index()];
    if !clock.is_running() || clock.times.due.is_none() || !deadline.pausable {
        return Ok(());
    }
    if counted::counted(machine, work.case, &clock, clock.alternative).is_agreed() {
        return Ok(());
    }
    let pausing = &machine.protocol.stages[stage.index()].pauses[usize::from(*place)];
    let end = due::pause_end(machine, work.case, &clock, stage, pausing.limit, work.at);
    let end = end.map_err(|error| untimely(pausing.rule, error))?;
    if end.is_some_and(|end| end <= work.at) {
        return Ok(());
    }
    work.reasons.considered(|| Reason::Clock(pausing.rule));
    let times = Times { due: None, alarm: end };
    work.record(pausing.rule, FactKind::Paused { clock: id, stage, times });
    Ok(())
}

/// Lets a paused clock run again that an extension has given an agreed date, which no pause moves.
pub(crate) fn unless_agreed<R: Reasons>(
    work: &mut Work<'_, R>,
    id: ClockId,
) -> Result<(), NoDecision> {
    let machine: &Machine = work.machine;
    let Some(clock) = work.case.clock(id).copied() else { return Ok(()) };
    let agreed = || counted::counted(machine, work.case, &clock, clock.alternative).is_agreed();
    match clock.state {
        ClockState::Paused(_) if agreed() => resume(work, id),
        _ => Ok(()),
    }
}

/// Lets a paused clock run again from now.
pub(crate) fn resume<R: Reasons>(work: &mut Work<'_, R>, id: ClockId) -> Result<(), NoDecision> {
    let machine: &Machine = work.machine;
    let Some(clock) = work.case.clock(id).copied() else { return Ok(()) };
    let rule = paused_by(machine, &clock);
    let counted = counted::counted(machine, work.case, &clock, clock.alternative).resumed(work.at);
    let times = due::times(machine, &counted, &clock, work.at);
    let times = times.map_err(|error| untimely(rule, error))?;
    work.reasons.considered(|| Reason::Clock(rule));
    work.record(rule, FactKind::Resumed { clock: id, times });
    Ok(())
}

/// The entry by which a clock stands still; its deadline where it does not.
fn paused_by(machine: &Machine, clock: &Clock) -> crate::model::RuleId {
    let protocol = &machine.protocol;
    let stage = match clock.state {
        ClockState::Paused(stage) => protocol.stages.get(stage.index()),
        _ => None,
    };
    let pausing = stage.and_then(|it| it.pauses.iter().find(|it| it.deadline == clock.id.deadline));
    pausing.map_or(protocol.deadlines[clock.id.deadline.index()].rule, |it| it.rule)
}
