//! Beginning to count: timers of a stage, and new instances of a clock.

use crate::machine::Machine;
use crate::model::{CalendarId, DeadlineId, EventId, Point, StageId};
use crate::runtime::answer::reasons::{Reason, Reasons};
use crate::runtime::case::counted;
use crate::runtime::case::due;
use crate::runtime::decide::clock::stand_still;
use crate::runtime::decide::work::{Work, untimely};
use crate::runtime::{Clock, ClockId, FactKind, NoDecision, Times};
use crate::script::Value;
use crate::time::{self, Allowance, Base, Course, Instant, NaiveDate, Start, Term, TimeError};

/// Counts the timed transitions of a stage from its entry, by `[time]` on the protocol's
/// calendar.
pub(crate) fn timers<R: Reasons>(work: &mut Work<'_, R>, stage: StageId) -> Result<(), NoDecision> {
    let machine: &Machine = work.machine;
    let protocol = &machine.protocol;
    let start = from_now(work);
    for (after, place) in protocol.stages[stage.index()].after.iter().zip(0u16..) {
        let rule = after.branch.rule;
        let due = timer_due(machine, work.case.amended, after.term, start);
        if let Some(due) = due.map_err(|error| untimely(rule, error))? {
            work.record(rule, FactKind::TimerSet { place, due });
        }
    }
    Ok(())
}

/// When a timed transition acts, after so many amendments of the calendars.
pub(crate) fn timer_due(
    machine: &Machine,
    amended: u16,
    term: Term,
    start: Start,
) -> Result<Option<Instant>, TimeError> {
    allowance_due(machine, amended, &Allowance::Term(term), start)
}

/// When a term of `[time]` on the calendar of the protocol is over that is never paused, after so
/// many amendments of the calendars.
pub(crate) fn allowance_due(
    machine: &Machine,
    amended: u16,
    allowance: &Allowance,
    start: Start,
) -> Result<Option<Instant>, TimeError> {
    let base = Base::Allowance(allowance);
    let course = Course { start, base, additions: &[], pauses: &[] };
    let calendar = machine.calendar(usize::from(amended), CalendarId(0));
    let due = calendar.map(|it| time::due(it, machine.protocol.counts, &course)).transpose()?;
    Ok(due.and_then(|it| it.at))
}

/// Counting from the event being decided, or from the instant at which time acts.
pub(crate) fn from_now<R>(work: &Work<'_, R>) -> Start {
    let date_only = work.event.is_some_and(|event| event.date_only);
    Start { at: work.at, date_only, receipt: work.event.is_some() }
}

/// From when a clock counts that begins on a point: the date in the field where the point is a
/// date field, else now.
pub(crate) fn start_on<R>(work: &Work<'_, R>, point: Point) -> Start {
    if is_converted(work, point) {
        let at = work.case.opened_at.unwrap_or(work.at);
        return Start { at, date_only: work.case.received_on_a_date, receipt: true };
    }
    let date = match point {
        Point::Date(field) => match work.case.field(field) {
            Value::Date(date) => Some(date),
            _ => None,
        },
        _ => None,
    };
    date.map_or_else(|| from_now(work), |date| from_date(work, date))
}

/// Whether what was taken in as something else counts as opened only now.
fn is_converted<R>(work: &Work<'_, R>, point: Point) -> bool {
    point == Point::Event(EventId::OPENED)
        && work.event.is_some_and(|event| event.kind != EventId::OPENED)
}

/// Why a clock begins that begins on a point: one that counts from a receipt long ago is due when
/// it comes to exist, at the earliest.
pub(crate) fn why_on<R>(work: &Work<'_, R>, point: Point) -> Begins {
    if is_converted(work, point) { Begins::ToExist } else { Begins::OnPoint }
}

fn from_date<R>(work: &Work<'_, R>, date: NaiveDate) -> Start {
    let at: Instant = work.machine.protocol.zone.day_start(date);
    Start { at, date_only: true, receipt: false }
}

/// Why an instance of a clock begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Begins {
    /// A point starts it, or it comes back.
    OnPoint,
    /// Its `when` has come to hold after its start.
    ToExist,
    /// It is this period of a grid.
    Period(u16),
    /// It is that of the entry with this number.
    OnEntry(u16),
}

/// Begins a new instance of a clock, if its `when` holds and the case takes it; it stands still
/// at once where the stage pauses it, and it is met at once where its duty was done early.
pub(crate) fn begin<R: Reasons>(
    work: &mut Work<'_, R>,
    id: DeadlineId,
    start: Start,
    why: Begins,
) -> Result<(), NoDecision> {
    let machine: &Machine = work.machine;
    let deadline = &machine.protocol.deadlines[id.index()];
    let rule = deadline.rule;
    if work.begun.contains(&id) || !takes(work, id) {
        return Ok(());
    }
    if let Some(when) = &deadline.when
        && !work.holds(when, rule)?
    {
        if work.case.waiting(id) != Some(start) {
            work.record(rule, FactKind::Waiting { deadline: id, start });
        }
        return Ok(());
    }
    let before = work.case.clocks.iter().rev().find(|clock| clock.id.deadline == id);
    let first = before.is_none();
    let occurrence = match why {
        Begins::OnEntry(number) => number,
        _ => before.map_or(1, |clock| clock.id.occurrence.saturating_add(1)),
    };
    let clock = ClockId { deadline: id, occurrence };
    let alternative = work.alternative(deadline)?;
    let agreed = counted::agreed(deadline, work.case, clock);
    let fresh = Clock::begun(clock, start, alternative, Times::default());
    let period = match why {
        Begins::Period(period) => period,
        Begins::OnPoint | Begins::ToExist | Begins::OnEntry(_) => 1,
    };
    let fresh = Clock { period, agreed, amended: work.case.amended, ..fresh };
    let counted = counted::counted(machine, work.case, &fresh, alternative);
    let times = due::times(machine, &counted, &fresh, work.at);
    let times = times.map_err(|error| untimely(rule, error))?;
    work.reasons.considered(|| Reason::Clock(rule));
    work.begun.push(id);
    work.record(rule, FactKind::Started { clock, start, period, alternative, agreed, times });
    // A deadline that comes to exist after it would have been due is due when it does.
    if why == Begins::ToExist && times.due.is_some_and(|due| due < work.at) {
        let counted = counted.changed(work.at);
        let times = due::times(machine, &counted, &fresh, work.at);
        let times = times.map_err(|error| untimely(rule, error))?;
        work.record(rule, FactKind::Recounted { clock, alternative, agreed, times });
    }
    if first && work.case.met_early(id) {
        work.record(rule, FactKind::Met { clock, late: false });
        work.points.push(Point::Met(id));
        return Ok(());
    }
    stand_still::if_stage_does(work, clock)
}

/// In an end stage only windows and what outlives the closing begin.
fn takes<R>(work: &Work<'_, R>, id: DeadlineId) -> bool {
    let deadline = &work.machine.protocol.deadlines[id.index()];
    let outlives = deadline.window || deadline.after_close;
    !work.case.closed || (outlives && !work.case.merged)
}
