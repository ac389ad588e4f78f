//! Time acts by itself: warnings, breaches and lapses, ends of pauses, timed transitions, ends of
//! guarantees.

use crate::machine::Machine;
use crate::model::{DeadlineId, Doer, GuaranteeId, Point, RuleId};
use crate::runtime::answer::reasons::{Reason, Reasons};
use crate::runtime::case::counted;
use crate::runtime::case::due;
use crate::runtime::decide::carry_out;
use crate::runtime::decide::clock::react;
use crate::runtime::decide::clock::stand_still;
use crate::runtime::decide::watch;
use crate::runtime::decide::work::{Work, untimely, who};
use crate::runtime::{ClockId, ClockState, FactKind, Fault, FaultKind, NoDecision, Times};
use crate::time::Instant;

/// How often time may act in one step. A clock that comes back every working hour acts about
/// 2,000 times a year; more than this is a protocol that runs away.
pub const ACTS_MAX: u32 = 100_000;

/// What acts.
#[derive(Clone, Copy, Debug)]
enum Act {
    Clock(ClockId),
    Timer(u16),
    Promise(GuaranteeId),
}

/// Lets everything that is due before an instant happen, earliest first, ties in file order, and
/// among the clocks of one deadline in the order in which they were counted, or their entries added.
/// Guarantees end after everything else that is due at the same instant.
pub(crate) fn until<R: Reasons>(work: &mut Work<'_, R>, limit: Instant) -> Result<(), NoDecision> {
    let mut acts = 0;
    while due::earliest(work.case).is_some_and(|at| at < limit) {
        let Some((at, act, rule)) = next(work) else { break };
        acts += 1;
        if acts > ACTS_MAX {
            return Err(NoDecision::Faulted(Box::new(Fault {
                rule,
                kind: FaultKind::TooManyActs,
            })));
        }
        acts_once(work, at, act, rule)?;
    }
    work.begin_decision();
    Ok(())
}

/// Lets only the earliest of it happen. Nothing happens where nothing is counted.
pub(crate) fn once<R: Reasons>(work: &mut Work<'_, R>) -> Result<(), NoDecision> {
    match next(work) {
        Some((at, act, rule)) => acts_once(work, at, act, rule),
        None => Ok(()),
    }
}

fn acts_once<R: Reasons>(
    work: &mut Work<'_, R>,
    at: Instant,
    act: Act,
    rule: RuleId,
) -> Result<(), NoDecision> {
    work.at = at.max(work.case.last_at);
    work.begin_decision();
    work.reasons.considered(|| Reason::TimeActed(rule, at));
    match act {
        Act::Clock(clock) => clock_acts(work, clock)?,
        Act::Timer(place) => timer_acts(work, place)?,
        Act::Promise(guarantee) => watch::runs_out(work, guarantee),
    }
    watch::settle(work)
}

fn next<R>(work: &Work<'_, R>) -> Option<(Instant, Act, RuleId)> {
    let machine: &Machine = work.machine;
    let clocks = work.case.clocks.iter().filter_map(|clock| {
        let rule = machine.protocol.deadlines[clock.id.deadline.index()].rule;
        Some((due::acts_at(clock)?, machine.rank(rule), Act::Clock(clock.id), rule))
    });
    let timers = work
        .case
        .timers
        .iter()
        .map(|it| (it.due, machine.rank(it.rule), Act::Timer(it.place), it.rule));
    // Of the clocks of entries that of the entry added first, whenever it became known.
    let place = |act: &Act| match act {
        Act::Clock(clock) => {
            let each = machine.protocol.deadlines[clock.deadline.index()].for_each;
            each.and_then(|it| work.case.entry_place(it.record, clock.occurrence))
        }
        Act::Timer(_) | Act::Promise(_) => None,
    };
    // Whatever else happens at the instant at which a guarantee ends, happens in time.
    let promises = work.case.promises_due().map(|(id, due)| {
        let rule = machine.protocol.guarantees[id.index()].rule;
        (due, u32::MAX, Act::Promise(id), rule)
    });
    let all = clocks.chain(timers).chain(promises);
    let next = all.min_by_key(|(at, rank, act, _)| (*at, *rank, place(act)));
    next.map(|(at, _, act, rule)| (at, act, rule))
}

fn clock_acts<R: Reasons>(work: &mut Work<'_, R>, id: ClockId) -> Result<(), NoDecision> {
    let Some(clock) = work.case.clock(id).copied() else { return Ok(()) };
    if matches!(clock.state, ClockState::Paused(_)) {
        return stand_still::resume(work, id);
    }
    if clock.times.due.is_none_or(|due| clock.times.alarm.is_some_and(|alarm| alarm < due)) {
        return warn(work, id);
    }
    expire(work, id.deadline, id)
}

fn warn<R: Reasons>(work: &mut Work<'_, R>, id: ClockId) -> Result<(), NoDecision> {
    let deadline = &work.machine.protocol.deadlines[id.deadline.index()];
    let rule = deadline.rule;
    let Some(mut clock) = work.case.clock(id).copied() else { return Ok(()) };
    let counted = counted::counted(work.machine, work.case, &clock, clock.alternative);
    let due = clock.times.due;
    let next = |clock: &crate::runtime::Clock| match due {
        Some(due) => due::next_warning(work.machine, &counted, clock, due)
            .map_err(|error| untimely(rule, error)),
        None => Ok(None),
    };
    // INVARIANT: an alarm is set only where a warning is left to be given.
    let Some((warning, _)) = next(&clock)? else {
        return Err(NoDecision::Faulted(Box::new(Fault { rule, kind: FaultKind::TooManyActs })));
    };
    clock = clock.having_warned(warning);
    let now = work.at;
    let alarm = next(&clock)?.map(|(_, at)| at.max(now));
    work.record(rule, FactKind::Warned { clock: id, warning, times: Times { due, alarm } });
    if let Some(who) = who(work.machine, work.case, id) {
        work.tell(Doer::Party(who), rule);
    }
    Ok(())
}

fn expire<R: Reasons>(
    work: &mut Work<'_, R>,
    id: DeadlineId,
    clock: ClockId,
) -> Result<(), NoDecision> {
    let machine: &Machine = work.machine;
    let deadline = &machine.protocol.deadlines[id.index()];
    let (kind, point) = if deadline.window {
        (FactKind::Lapsed { clock }, Point::Lapse(id))
    } else {
        (FactKind::Breached { clock }, Point::Breach(id))
    };
    work.record(deadline.rule, kind);
    work.points.push(point);
    if let Some(missed) = work.case.clock(clock).copied() {
        react::come_again(work, &missed);
    }
    let outcome = machine.expiry(id);
    carry_out::operations(work, &outcome.operations, outcome.rule)
}

fn timer_acts<R: Reasons>(work: &mut Work<'_, R>, place: u16) -> Result<(), NoDecision> {
    let machine: &Machine = work.machine;
    let Some(chosen) = machine.afters(work.case.stage).get(usize::from(place)) else {
        return Ok(());
    };
    work.record(chosen.rule, FactKind::TimerRan { place });
    let holds = match &chosen.guard {
        Some(guard) => work.holds(guard, chosen.rule)?,
        None => true,
    };
    if holds { carry_out::operations(work, &chosen.operations, chosen.rule) } else { Ok(()) }
}
