//! What the clocks do in a decision: met, cancelled, paused, resumed, counted again, lengthened,
//! restarted, started, in this order and within each in file order. Points that clocks make are
//! worked off until none is left; a clock that began in a decision does nothing more in it.

use crate::machine::{Machine, Phase};
use crate::model::{Agreed, Deadline, DeadlineId, Period, Point, StageId};
use crate::runtime::answer::reasons::{Reason, Reasons};
use crate::runtime::case::counted;
use crate::runtime::case::due;
use crate::runtime::decide::clock::arm;
use crate::runtime::decide::clock::arm::Begins;
use crate::runtime::decide::clock::each;
use crate::runtime::decide::clock::extend;
use crate::runtime::decide::clock::stand_still;
use crate::runtime::decide::work::{Work, untimely};
use crate::runtime::{Cancelled, Clock, FactKind, NoDecision, Times};
use crate::time::Start;

/// Something a clock will do in this round.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Queued {
    phase: Phase,
    deadline: DeadlineId,
    point: Point,
    place: u16,
}

/// Works off the points of the decision. `from` is the stage the case was in before.
///
/// What closing the case ends, and the next periods of recurring duties, wait until the clocks
/// have done all that points make them do. It all ends: a clock begins once in a decision, and
/// whatever is done again has made a fact.
pub(crate) fn work_off<R: Reasons>(
    work: &mut Work<'_, R>,
    from: StageId,
) -> Result<(), NoDecision> {
    let mut seen = 0;
    let mut kind = Round::First;
    loop {
        while round(work, from, &mut seen, kind)? {
            kind = Round::Later;
        }
        kind = Round::Later;
        let before = work.facts.len();
        close(work);
        begin_next_periods(work)?;
        if work.facts.len() == before && seen == work.points.len() {
            return Ok(());
        }
    }
}

/// Whether a round is the first of its decision: what no point sets off is done there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Round {
    First,
    Later,
}

/// Works off the points that were not seen yet; whether it did anything, so that another round
/// may find something to do.
fn round<R: Reasons>(
    work: &mut Work<'_, R>,
    from: StageId,
    seen: &mut usize,
    round: Round,
) -> Result<bool, NoDecision> {
    let before = work.facts.len();
    queue(work, *seen);
    *seen = work.points.len();
    let mut next = 0;
    run(work, &mut next, Phase::Met)?;
    run(work, &mut next, Phase::Cancelled)?;
    cancel_what_does_not_exist(work)?;
    if round == Round::First {
        stand_still::for_stage(work, from)?;
    }
    recount(work, round)?;
    if round == Round::First {
        extend::carry_out(work)?;
    }
    run(work, &mut next, Phase::Restarted)?;
    run(work, &mut next, Phase::Started)?;
    start_what_waited(work)?;
    Ok(work.facts.len() > before)
}

fn queue<R>(work: &mut Work<'_, R>, seen: usize) {
    work.queue.clear();
    for point in work.points.iter().skip(seen) {
        for (reaction, place) in work.machine.reactions(*point).iter().zip(0u16..) {
            let (phase, deadline) = (reaction.phase, reaction.deadline);
            work.queue.push(Queued { phase, deadline, point: *point, place });
        }
    }
    if work.queue.len() > 1 {
        work.queue.sort_unstable();
    }
}

/// Does what is queued for a phase; the queue is in order of the phases.
#[inline]
fn run<R: Reasons>(
    work: &mut Work<'_, R>,
    next: &mut usize,
    phase: Phase,
) -> Result<(), NoDecision> {
    while let Some(queued) = work.queue.get(*next).copied().filter(|it| it.phase == phase) {
        *next += 1;
        react(work, queued)?;
    }
    Ok(())
}

#[inline(never)]
fn react<R: Reasons>(work: &mut Work<'_, R>, queued: Queued) -> Result<(), NoDecision> {
    let machine: &Machine = work.machine;
    let reaction = &machine.reactions(queued.point)[usize::from(queued.place)];
    let each = machine.protocol.deadlines[queued.deadline.index()].for_each;
    if let Some(guard) = &reaction.guard
        && !work.holds(guard, reaction.rule)?
    {
        return Ok(());
    }
    if let Some(each) = each {
        return each::react(work, each, queued.deadline, queued.phase, queued.point);
    }
    match queued.phase {
        Phase::Met => meet(work, queued.deadline),
        Phase::Cancelled => cancel(work, queued.deadline),
        Phase::Restarted => restart(work, queued.deadline, queued.point)?,
        Phase::Started => start(work, queued.deadline, queued.point)?,
    }
    Ok(())
}

fn meet<R: Reasons>(work: &mut Work<'_, R>, id: DeadlineId) {
    let machine: &Machine = work.machine;
    let deadline = &machine.protocol.deadlines[id.index()];
    let Some(clock) = work.case.open(id).copied() else {
        // What comes back cannot be done once for all: its first period runs in any case.
        let once = deadline.every.is_none();
        if once && work.case.latest(id).is_none() && !work.case.met_early(id) {
            work.record(deadline.rule, FactKind::MetEarly { deadline: id });
        }
        return;
    };
    if work.begun.contains(&id) || (is_grid(deadline) && clock.start.at > work.at) {
        return;
    }
    work.reasons.considered(|| Reason::Clock(deadline.rule));
    work.record(deadline.rule, FactKind::Met { clock: clock.id, late: clock.breached });
    work.points.push(Point::Met(id));
    come_again(work, &clock);
}

fn is_grid(deadline: &Deadline) -> bool {
    deadline.every.as_ref().is_some_and(|every| every.per == Period::Grid)
}

/// Notes the next period of a recurring duty that was met, or missed, now: on a grid it begins
/// where this one ends, else now.
pub(crate) fn come_again<R>(work: &mut Work<'_, R>, clock: &Clock) {
    let id = clock.id.deadline;
    let deadline = &work.machine.protocol.deadlines[id.index()];
    if deadline.every.is_none() {
        return;
    }
    let next = if is_grid(deadline) {
        let at = clock.times.due.unwrap_or(work.at);
        let period = clock.period.saturating_add(1);
        (Start { at, date_only: false, receipt: false }, Begins::Period(period))
    } else {
        (arm::from_now(work), Begins::OnPoint)
    };
    work.again.push((id, next.0, next.1));
}

fn cancel<R: Reasons>(work: &mut Work<'_, R>, id: DeadlineId) {
    let rule = work.machine.protocol.deadlines[id.index()].rule;
    work.again.retain(|(again, ..)| *again != id);
    if let Some(clock) = work.case.open(id).filter(|_| !work.begun.contains(&id)) {
        let clock = clock.id;
        work.record(rule, FactKind::Cancelled { clock, why: Cancelled::Point });
    }
    if work.case.waiting(id).is_some() {
        work.record(rule, FactKind::Forgotten { deadline: id });
    }
}

/// Deadlines whose `when` does not hold any more.
fn cancel_what_does_not_exist<R: Reasons>(work: &mut Work<'_, R>) -> Result<(), NoDecision> {
    let machine: &Machine = work.machine;
    for id in &machine.looked_after.conditional {
        let (id, deadline) = (*id, &machine.protocol.deadlines[id.index()]);
        let rule = deadline.rule;
        let Some(when) = &deadline.when else { continue };
        let Some(clock) = work.case.open(id).copied() else { continue };
        if !work.begun.contains(&id) && !work.holds(when, rule)? {
            work.record(rule, FactKind::Cancelled { clock: clock.id, why: Cancelled::When });
            work.record(rule, FactKind::Waiting { deadline: id, start: clock.start });
        }
    }
    Ok(())
}

/// What is no longer owed in a closed case: every duty but those that outlive the closing, and
/// everything once it has gone on as part of another.
fn close<R: Reasons>(work: &mut Work<'_, R>) {
    if !work.case.closed {
        return;
    }
    let machine: &Machine = work.machine;
    let merged = work.case.merged;
    let why = if merged { Cancelled::Merged } else { Cancelled::Closed };
    for (at, deadline) in machine.protocol.deadlines.iter().enumerate() {
        let (id, rule) = (DeadlineId::at(at), deadline.rule);
        if !merged && (deadline.window || deadline.after_close) {
            continue;
        }
        work.again.retain(|(again, ..)| *again != id);
        if work.case.waiting(id).is_some() {
            work.record(rule, FactKind::Forgotten { deadline: id });
        }
        for at in 0..work.case.clocks.len() {
            let clock = work.case.clocks[at];
            if clock.id.deadline == id && clock.is_open() {
                work.record(rule, FactKind::Cancelled { clock: clock.id, why });
            }
        }
    }
}

/// Counts open clocks again whose term, or agreed date, has changed.
fn recount<R: Reasons>(work: &mut Work<'_, R>, round: Round) -> Result<(), NoDecision> {
    let machine: &Machine = work.machine;
    let variable = &machine.looked_after.variable;
    if variable.is_empty() {
        return Ok(());
    }
    for at in 0..work.case.clocks.len() {
        let clock = work.case.clocks[at];
        let deadline = &machine.protocol.deadlines[clock.id.deadline.index()];
        let settled = !clock.is_open() || clock.breached;
        if settled || !variable.contains(&clock.id.deadline) {
            continue;
        }
        if work.has_begun(clock.id) {
            continue;
        }
        let alternative = work.alternative(deadline)?;
        let set = match deadline.due {
            Some(Agreed::Field(field)) => work.points.contains(&Point::Date(field)),
            Some(Agreed::Entry(field)) => each::date_is_set(work, clock.id, field),
            None => false,
        };
        if alternative != clock.alternative || (set && round == Round::First) {
            let agreed = counted::agreed(deadline, work.case, clock.id);
            let clock = Clock { agreed, ..clock };
            let times = recounted(work, &clock, alternative)?;
            work.reasons.considered(|| Reason::Clock(deadline.rule));
            let kind = FactKind::Recounted { clock: clock.id, alternative, agreed, times };
            work.record(deadline.rule, kind);
        }
    }
    Ok(())
}

fn recounted<R>(work: &Work<'_, R>, clock: &Clock, alternative: u16) -> Result<Times, NoDecision> {
    if !clock.is_running() {
        return Ok(clock.times);
    }
    let rule = work.machine.protocol.deadlines[clock.id.deadline.index()].rule;
    let counted = counted::counted(work.machine, work.case, clock, alternative).changed(work.at);
    due::times(work.machine, &counted, clock, work.at).map_err(|error| untimely(rule, error))
}

fn restart<R: Reasons>(
    work: &mut Work<'_, R>,
    id: DeadlineId,
    point: Point,
) -> Result<(), NoDecision> {
    if work.begun.contains(&id) {
        return Ok(());
    }
    work.again.retain(|(again, ..)| *again != id);
    replace(work, id);
    let (start, why) = (arm::start_on(work, point), arm::why_on(work, point));
    arm::begin(work, id, start, why)
}

fn replace<R: Reasons>(work: &mut Work<'_, R>, id: DeadlineId) {
    if let Some(clock) = work.case.open(id).map(|clock| clock.id) {
        let rule = work.machine.protocol.deadlines[id.index()].rule;
        work.record(rule, FactKind::Replaced { clock });
    }
}

fn start<R: Reasons>(
    work: &mut Work<'_, R>,
    id: DeadlineId,
    point: Point,
) -> Result<(), NoDecision> {
    let comes_again = work.again.iter().any(|(again, ..)| *again == id);
    if work.case.open(id).is_some() || comes_again {
        return Ok(());
    }
    let (start, why) = (arm::start_on(work, point), arm::why_on(work, point));
    arm::begin(work, id, start, why)
}

/// The next periods of recurring duties. One that a restart has begun anew has none besides.
fn begin_next_periods<R: Reasons>(work: &mut Work<'_, R>) -> Result<(), NoDecision> {
    if work.again.is_empty() {
        return Ok(());
    }
    work.again.sort_unstable_by_key(|(id, ..)| *id);
    for at in 0..work.again.len() {
        let (id, start, why) = work.again[at];
        replace(work, id);
        arm::begin(work, id, start, why)?;
    }
    work.again.clear();
    Ok(())
}

/// Deadlines whose `when` has come to hold.
fn start_what_waited<R: Reasons>(work: &mut Work<'_, R>) -> Result<(), NoDecision> {
    for at in 0..work.machine.looked_after.conditional.len() {
        let id = work.machine.looked_after.conditional[at];
        if let Some(start) = work.case.waiting(id)
            && work.case.open(id).is_none()
        {
            arm::begin(work, id, start, Begins::ToExist)?;
        }
    }
    Ok(())
}
