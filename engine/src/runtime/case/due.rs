//! The one place where the times of a clock are derived from what it is counted from.

use crate::machine::Machine;
use crate::model::{Choose, Deadline};
use crate::runtime::case::counted::{self, Counted, counted};
use crate::runtime::{Case, Clock, ClockState, MarkKind, Times};
use crate::script::{Expr, ScriptFault, Value};
use crate::time::{self, Allowance, Base, Course, Due, Instant, Ledger, Pause, Start};
use crate::time::{Term, TimeError};

/// The times of a clock that runs. Warnings that would come at or before the start are never
/// given; one that a change has put into the past is given at the instant of the change.
pub(crate) fn times(
    machine: &Machine,
    counted: &Counted<'_>,
    clock: &Clock,
    now: Instant,
) -> Result<Times, TimeError> {
    let deadline = &machine.protocol.deadlines[clock.id.deadline.index()];
    let due = counted.due(machine, deadline)?;
    let Some(at) = due.filter(|_| !deadline.warn.is_empty() && !clock.breached) else {
        return Ok(Times { due, alarm: None });
    };
    let next = next_warning(machine, counted, clock, at)?;
    Ok(Times { due, alarm: next.map(|(_, instant)| instant.max(now)) })
}

/// The earliest warning that has not been given: its place and its instant.
pub(crate) fn next_warning(
    machine: &Machine,
    counted: &Counted<'_>,
    clock: &Clock,
    due: Instant,
) -> Result<Option<(u16, Instant)>, TimeError> {
    let deadline = &machine.protocol.deadlines[clock.id.deadline.index()];
    let mut next: Option<(u16, Instant)> = None;
    for (warning, place) in deadline.warn.iter().zip(0u16..) {
        if clock.is_warned(place) {
            continue;
        }
        let Some(at) = counted.warning(machine, clock, *warning, due)? else { continue };
        if at > clock.start.at && at < due && next.is_none_or(|(_, earlier)| at < earlier) {
            next = Some((place, at));
        }
    }
    Ok(next)
}

/// The place of the term that applies to a case now, as conditions say.
pub(crate) fn alternative(
    case: &Case,
    deadline: &Deadline,
    mut holds: impl FnMut(&Expr) -> Result<bool, ScriptFault>,
) -> Result<u16, ScriptFault> {
    let place = |table: &[u16], at: usize| table.get(at).copied().unwrap_or(0);
    Ok(match &deadline.choose {
        Choose::Only => 0,
        Choose::BySeverity(table) => {
            place(table, case.severity.map_or(0, crate::model::LevelId::index))
        }
        Choose::ByRung(table) => place(table, case.rung.index()),
        Choose::ByField(field, table) => match case.field(*field) {
            Value::Choice(choice) => place(table, usize::from(choice)),
            _ => table.last().copied().unwrap_or(0),
        },
        Choose::First(list) => {
            for (when, place) in list {
                match when {
                    Some(when) if !holds(when)? => {}
                    _ => return Ok(*place),
                }
            }
            0
        }
    })
}

/// The end of a pause by its limit: the limit is counted over all stretches in which the stage
/// has paused this clock, the one that begins now included. `Ok(None)` is no limit; an instant
/// at or before `now` says that nothing is left of it.
pub(crate) fn pause_end(
    machine: &Machine,
    case: &Case,
    clock: &Clock,
    stage: crate::model::StageId,
    limit: Option<Term>,
    now: Instant,
) -> Result<Option<Instant>, TimeError> {
    let Some(limit) = limit else { return Ok(None) };
    let deadline = &machine.protocol.deadlines[clock.id.deadline.index()];
    let mut begun: Option<Instant> = None;
    let mut between: Vec<Pause> = Vec::new();
    let mut inside = false;
    for mark in case.marks.iter().filter(|mark| mark.clock == clock.id) {
        match mark.kind {
            MarkKind::Paused(by) if by == stage => {
                inside = true;
                begun = begun.or(Some(mark.at));
                if let Some(last) = between.last_mut() {
                    last.to = Some(mark.at);
                }
            }
            MarkKind::Resumed if inside => {
                inside = false;
                between.push(Pause { from: mark.at, to: None });
            }
            _ => {}
        }
    }
    if let Some(last) = between.last_mut() {
        last.to = last.to.or(Some(now));
    }
    limit_end(machine, clock.amended, deadline, limit, begun.unwrap_or(now), &between)
}

/// When the limit of a pause that began then is used up, but for the stretches in between in which
/// the clock ran.
pub(crate) fn limit_end(
    machine: &Machine,
    amended: u16,
    deadline: &Deadline,
    limit: Term,
    begun: Instant,
    between: &[Pause],
) -> Result<Option<Instant>, TimeError> {
    let start = Start { at: begun, date_only: false, receipt: false };
    let allowance = Allowance::Term(limit);
    let base = Base::Allowance(&allowance);
    let course = Course { start, base, additions: &[], pauses: between };
    let calendar = counted::calendar(machine, amended, deadline);
    Ok(time::due(calendar, deadline.counts, &course)?.at)
}

/// The working of a clock's due instant, day by day. A clock that has ended shows what it was.
///
/// # Errors
/// A date outside what calendars know.
pub fn ledger(
    machine: &Machine,
    case: &Case,
    clock: &Clock,
) -> Result<(Ledger, Option<Due>), TimeError> {
    let deadline = &machine.protocol.deadlines[clock.id.deadline.index()];
    let mut ledger = Ledger::default();
    let counted = counted(machine, case, clock, clock.alternative);
    let due = counted.due_with(machine, deadline, &mut ledger)?;
    Ok((ledger, due))
}

/// When time alone will act on a case next: the instant after the earliest due instant, warning,
/// end of a pause, timed transition or end of a guarantee, for an act exactly at it is still in time. `None` when
/// nothing is being counted.
#[must_use]
pub fn next_due(case: &Case) -> Option<Instant> {
    earliest(case).and_then(|at| at.plus_ms(1))
}

pub(crate) fn earliest(case: &Case) -> Option<Instant> {
    let clocks = case.clocks.iter().filter_map(acts_at);
    let mut earliest = clocks.chain(case.timers.iter().map(|timer| timer.due)).min();
    if !case.promises.is_empty() {
        let promised = case.promises_due().map(|(_, due)| due);
        earliest = promised.chain(earliest).min();
    }
    // Nothing acts before the instant from which it is known.
    earliest.map(|at| at.max(case.last_at))
}

/// When a clock acts by itself.
pub(crate) fn acts_at(clock: &Clock) -> Option<Instant> {
    let due = match clock.state {
        ClockState::Running if !clock.breached => clock.times.due,
        ClockState::Paused(_) => None,
        _ => return None,
    };
    match (due, clock.times.alarm) {
        (Some(due), Some(alarm)) => Some(due.min(alarm)),
        (due, alarm) => due.or(alarm),
    }
}
