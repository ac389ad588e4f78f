//! Clocks of which there is one for each entry of a record. What happens to an entry acts on its
//! own clock; anything else acts on the clocks of all entries.

use crate::machine::{Machine, Phase};
use crate::model::{Agreed, DeadlineId, ForEach, Point};
use crate::runtime::answer::reasons::{Reason, Reasons};
use crate::runtime::decide::clock::arm;
use crate::runtime::decide::clock::arm::Begins;
use crate::runtime::decide::work::Work;
use crate::runtime::{Cancelled, Clock, ClockId, FactKind, NoDecision};
use crate::script::Value;

/// What the clocks of a deadline do on a point.
pub(crate) fn react<R: Reasons>(
    work: &mut Work<'_, R>,
    each: ForEach,
    id: DeadlineId,
    phase: Phase,
    point: Point,
) -> Result<(), NoDecision> {
    let own = own(work, each, point);
    match (phase, own) {
        (Phase::Started, Some(number)) => start(work, each, id, number),
        (Phase::Met | Phase::Cancelled, _) => {
            for at in 0..work.case.clocks.len() {
                let clock = work.case.clocks[at];
                if is_touched(work, id, own, &clock) {
                    end(work, &clock, phase);
                }
            }
            Ok(())
        }
        (Phase::Started | Phase::Restarted, _) => Ok(()),
    }
}

/// The number of the entry that the point happens to; `None` where it happens to the case.
fn own<R>(work: &Work<'_, R>, each: ForEach, point: Point) -> Option<u16> {
    let Point::Event(event) = point else { return None };
    let of = work.machine.protocol.events[event.index()].of?;
    let (record, number) = work.entry?;
    (of.record == each.record && record == each.record).then_some(number)
}

fn is_touched<R>(work: &Work<'_, R>, id: DeadlineId, own: Option<u16>, clock: &Clock) -> bool {
    clock.id.deadline == id
        && clock.is_open()
        && own.is_none_or(|number| number == clock.id.occurrence)
        && !work.has_begun(clock.id)
}

fn end<R: Reasons>(work: &mut Work<'_, R>, clock: &Clock, phase: Phase) {
    let id = clock.id.deadline;
    let rule = work.machine.protocol.deadlines[id.index()].rule;
    if phase == Phase::Cancelled {
        work.record(rule, FactKind::Cancelled { clock: clock.id, why: Cancelled::Point });
        return;
    }
    work.reasons.considered(|| Reason::Clock(rule));
    work.record(rule, FactKind::Met { clock: clock.id, late: clock.breached });
    work.points.push(Point::Met(id));
}

/// Begins the clock of an entry: once, not before its date is known, and not when it is done.
fn start<R: Reasons>(
    work: &mut Work<'_, R>,
    each: ForEach,
    id: DeadlineId,
    number: u16,
) -> Result<(), NoDecision> {
    let machine: &Machine = work.machine;
    let has_one = work.case.clock(ClockId { deadline: id, occurrence: number }).is_some();
    let entry = work.case.entry(each.record, number);
    if has_one || entry.is_none_or(|it| it.done_at.is_some()) {
        return Ok(());
    }
    if let Some(Agreed::Entry(field)) = machine.protocol.deadlines[id.index()].due
        && work.case.entry_value(each.record, number, field) == Value::Unset
    {
        return Ok(());
    }
    let start = arm::from_now(work);
    arm::begin(work, id, start, Begins::OnEntry(number))
}

/// Whether this decision has set the date by which the entry of a clock is due.
pub(crate) fn date_is_set<R>(work: &Work<'_, R>, clock: ClockId, field: u16) -> bool {
    let deadline = &work.machine.protocol.deadlines[clock.deadline.index()];
    let (Some(each), Some((record, number))) = (deadline.for_each, work.entry) else {
        return false;
    };
    record == each.record
        && number == clock.occurrence
        && work.event.is_some_and(|event| event.brings_to_entry(field).is_some())
}
