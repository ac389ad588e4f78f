//! A calendar was amended: what is owed and counts by it is counted again, and nothing else.

use crate::machine::Machine;
use crate::model::{AmendmentId, DeadlineId, Doer, EventId, Party, RuleId, StageId};
use crate::runtime::answer::reasons::{Deaf, Reason, Reasons};
use crate::runtime::case::{counted, due};
use crate::runtime::decide::clock::arm;
use crate::runtime::decide::passing;
use crate::runtime::decide::watch;
use crate::runtime::decide::work::{Work, untimely};
use crate::runtime::{
    Case, Clock, ClockState, Context, Decision, FactKind, NoDecision, PromiseState, Scratch, Timer,
    Times,
};
use crate::time::{Instant, Start, TimeError};

/// Which amendment a case takes, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Amending {
    /// The amendment; all before it come with it.
    pub amendment: AmendmentId,
    /// When.
    pub at: Instant,
}

/// Takes an amendment of calendars, and all before it, into a case at an instant. What was due
/// before acts first, by the calendars as they were. Clocks that are open then, and timed
/// transitions and guarantees that are being counted, move; a duty that was missed and is still owed is not missed
/// any more where it is due at this instant or later, and a guarantee is not broken any more. What was met, or followed from a breach,
/// stays, and so does everything in a closed case, which only notes the amendment.
///
/// Where nothing moves, the amendment is noted at the instant of the latest fact: nothing happened
/// to the case at that of the amendment, so that nothing is late because of it.
///
/// # Errors
/// A fault: a condition breaks on what time did before, or a date lies outside what calendars know.
pub fn amend(
    machine: &Machine,
    case: &Case,
    Amending { amendment, at }: Amending,
    context: &Context<'_>,
) -> Result<Decision, NoDecision> {
    let (mut scratch, mut deaf) = (Scratch::new(machine), Deaf);
    let mut work = scratch.work(machine, case, context, &mut deaf);
    if !case.closed {
        passing::until(&mut work, at)?;
    }
    let last = work.case.last_at;
    work.at = at.max(last);
    let moves = moves(&work, amendment)?;
    if moves.is_empty() {
        work.at = last;
    }
    take(&mut work, amendment, moves);
    Ok(Decision { facts: scratch.facts, effects: scratch.effects })
}

/// The same once more, at the instant at which it was noted.
pub(crate) fn amended_again<R: Reasons>(
    machine: &Machine,
    case: &Case,
    Amending { amendment, at }: Amending,
    context: &Context<'_>,
    reasons: &mut R,
) -> Result<Decision, NoDecision> {
    let mut scratch = Scratch::new(machine);
    let mut work = scratch.work(machine, case, context, reasons);
    if case.opened_at.is_some() {
        if !case.closed {
            passing::until(&mut work, at)?;
        }
        work.at = at.max(work.case.last_at);
        let moves = moves(&work, amendment)?;
        take(&mut work, amendment, moves);
    }
    Ok(Decision { facts: scratch.facts, effects: scratch.effects })
}

/// A case that is opened counts by the calendars as they are known then.
pub(crate) fn as_known<R: Reasons>(work: &mut Work<'_, R>, rule: RuleId) {
    let known = u16::try_from(work.machine.n_amendments()).unwrap_or(u16::MAX);
    let n = work.context.amended.unwrap_or(known);
    if let Some(place) = n.checked_sub(1) {
        work.record(rule, FactKind::CalendarsAmended { amendment: AmendmentId(place) });
    }
}

/// What moves, and the entry that says how it is counted.
type Move = (RuleId, FactKind);

fn moves<R>(work: &Work<'_, R>, amendment: AmendmentId) -> Result<Vec<Move>, NoDecision> {
    let mut moves = Vec::new();
    if work.case.closed {
        return Ok(moves);
    }
    let (machine, case) = (work.machine, &*work.case);
    let amended = amendment.0.saturating_add(1);
    for clock in case.clocks.iter().filter(|it| it.is_open()) {
        let rule = machine.protocol.deadlines[clock.id.deadline.index()].rule;
        let with = Clock { amended, ..*clock };
        let times = times(machine, case, &with, work.at).map_err(|it| untimely(rule, it))?;
        if let Some(times) = times.filter(|it| *it != clock.times) {
            let before = clock.times.due;
            moves.push((rule, FactKind::Moved { clock: clock.id, before, times }));
        }
    }
    for timer in &case.timers {
        let due = timer_due(machine, case, timer, amended);
        let due = due.map_err(|it| untimely(timer.rule, it))?.map(|it| it.max(work.at));
        if let Some(due) = due.filter(|it| *it != timer.due) {
            let kind = FactKind::TimerMoved { place: timer.place, before: timer.due, due };
            moves.push((timer.rule, kind));
        }
    }
    moves.extend(watch::amended(work, amended)?);
    Ok(moves)
}

/// The times of an open clock by the calendars as they are now; `None` where it counts nothing.
fn times(
    machine: &Machine,
    case: &Case,
    clock: &Clock,
    at: Instant,
) -> Result<Option<Times>, TimeError> {
    let deadline = &machine.protocol.deadlines[clock.id.deadline.index()];
    if let ClockState::Paused(stage) = clock.state {
        let limit = pause_limit(machine, stage, clock.id.deadline);
        let alarm = due::pause_end(machine, case, clock, stage, limit, at)?;
        return Ok(Some(Times { due: None, alarm }));
    }
    let counted = counted::counted(machine, case, clock, clock.alternative);
    let Some(due) = counted.due(machine, deadline)? else { return Ok(None) };
    if clock.breached && due < at {
        return Ok(Some(Times { due: Some(due), alarm: None }));
    }
    let running = Clock { breached: false, ..*clock };
    due::times(machine, &counted.changed(at), &running, at).map(Some)
}

fn pause_limit(
    machine: &Machine,
    stage: StageId,
    deadline: DeadlineId,
) -> Option<crate::time::Term> {
    let stage = machine.protocol.stages.get(stage.index())?;
    stage.pauses.iter().find(|it| it.deadline == deadline)?.limit
}

/// When a timed transition acts by the calendars as they are now. Whether its stage was entered on
/// a date alone is not recorded with it, and shows in when it was to act.
fn timer_due(
    machine: &Machine,
    case: &Case,
    timer: &Timer,
    amended: u16,
) -> Result<Option<Instant>, TimeError> {
    let stage = machine.protocol.stages.get(case.stage.index());
    let after = stage.and_then(|it| it.after.get(usize::from(timer.place)));
    let Some(term) = after.map(|it| it.term) else { return Ok(None) };
    for date_only in [false, true] {
        let start = Start { at: timer.from, date_only, receipt: timer.receipt };
        if arm::timer_due(machine, case.amended, term, start)? == Some(timer.due) {
            return arm::timer_due(machine, amended, term, start);
        }
    }
    // An earlier amendment has put it off to the instant at which it became known.
    let start = Start { at: timer.from, date_only: false, receipt: timer.receipt };
    arm::timer_due(machine, amended, term, start)
}

fn take<R: Reasons>(work: &mut Work<'_, R>, amendment: AmendmentId, moves: Vec<Move>) {
    let rule = work.machine.protocol.events[EventId::OPENED.index()].rule;
    work.begin_decision();
    work.reasons.considered(|| Reason::Clock(rule));
    work.record(rule, FactKind::CalendarsAmended { amendment });
    for (rule, kind) in moves {
        let was_missed = is_missed(work.case, &kind);
        work.record(rule, kind);
        if was_missed && !is_missed(work.case, &kind) {
            let accountable = Party::Role(work.machine.protocol.accountable);
            work.tell(Doer::Party(accountable), rule);
        }
    }
}

/// Whether what a fact moves was missed, or broken, and is owed still.
fn is_missed(case: &Case, moved: &FactKind) -> bool {
    match moved {
        FactKind::Moved { clock, .. } => case.clock(*clock).is_some_and(|it| it.breached),
        FactKind::Promised { guarantee, .. } => {
            case.promise(*guarantee).is_some_and(|it| it.state == PromiseState::Broken)
        }
        _ => false,
    }
}
