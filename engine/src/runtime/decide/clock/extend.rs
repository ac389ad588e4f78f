//! Whether an event may lengthen the clocks it would lengthen, and by how much.

use crate::machine::Machine;
use crate::model::{DeadlineId, Doer, Extension, Lengthen, LetterId, Point, RuleId};
use crate::runtime::answer::reasons::{Reason, Reasons};
use crate::runtime::case::counted::{self, Counted};
use crate::runtime::case::due;
use crate::runtime::decide::clock::stand_still;
use crate::runtime::decide::work::{Work, untimely};
use crate::runtime::{Clock, ClockId, Event, FactKind, MarkKind, NoDecision, NotExtended};
use crate::runtime::{RefusalKind, Times};
use crate::script::Value;
use crate::time::NaiveDate;

/// An extension that an event makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Extending {
    clock: ClockId,
    place: u16,
    until: Option<NaiveDate>,
}

/// Finds what the event lengthens. Of several extensions of one deadline by one event the first
/// that is possible is made; where a clock is open and none is, the event is refused.
pub(crate) fn may<R: Reasons>(work: &mut Work<'_, R>, event: &Event) -> Result<(), NoDecision> {
    let machine: &Machine = work.machine;
    let list = machine.extensions(event.kind);
    let mut refused: Option<(DeadlineId, NotExtended, RuleId)> = None;
    let mut from = 0;
    while let Some((id, _)) = list.get(from) {
        let places = list.iter().skip(from).take_while(|(other, _)| other == id);
        let count = places.clone().count();
        if let Some(clock) = work.case.open(*id).copied() {
            let mut why: Option<(NotExtended, RuleId)> = None;
            let mut found = None;
            for (_, place) in places {
                let extension = extension(machine, *id, *place);
                match possible(work, &clock, *place, extension)? {
                    Ok(until) => {
                        found = Some(Extending { clock: clock.id, place: *place, until });
                        break;
                    }
                    Err(reason) => why = why.or(Some((reason, extension.rule))),
                }
            }
            match (found, why) {
                (Some(found), _) => work.extending.push(found),
                (None, Some((why, rule))) => refused = refused.or(Some((*id, why, rule))),
                (None, None) => {}
            }
        }
        from += count;
    }
    match refused {
        Some((id, why, rule)) => Err(work.refuse(RefusalKind::Extension(id, why), rule)),
        None => Ok(()),
    }
}

fn extension(machine: &Machine, id: DeadlineId, place: u16) -> &Extension {
    &machine.protocol.deadlines[id.index()].extend[usize::from(place)]
}

type Possible = Result<Option<NaiveDate>, NotExtended>;

fn possible<R: Reasons>(
    work: &mut Work<'_, R>,
    clock: &Clock,
    place: u16,
    extension: &Extension,
) -> Result<Possible, NoDecision> {
    if clock.breached && !extension.late {
        return Ok(Err(NotExtended::Late));
    }
    let made = |kind: &MarkKind| matches!(kind, MarkKind::Extended(it, _) if *it == place);
    let marks = work.case.marks.iter().filter(|mark| mark.clock == clock.id);
    let made = marks.filter(|mark| made(&mark.kind)).count();
    if let Some(times) = extension.times
        && u32::try_from(made).unwrap_or(u32::MAX) >= times
    {
        return Ok(Err(NotExtended::Times(times)));
    }
    if let Some(when) = &extension.when
        && !work.holds(when, extension.rule)?
    {
        return Ok(Err(NotExtended::When));
    }
    long_enough(work, clock, extension)
}

/// Compares the new due instant with the old one and with the most that is allowed. A clock that
/// stands still is looked at as if it ran again now.
fn long_enough<R>(
    work: &Work<'_, R>,
    clock: &Clock,
    extension: &Extension,
) -> Result<Possible, NoDecision> {
    let machine: &Machine = work.machine;
    let deadline = &machine.protocol.deadlines[clock.id.deadline.index()];
    let counted =
        || counted::counted(machine, work.case, clock, clock.alternative).resumed(work.at);
    let due_of = |counted: &Counted<'_>| {
        counted.due(machine, deadline).map_err(|error| untimely(extension.rule, error))
    };
    let until = match &extension.lengthen {
        Lengthen::Until { field, .. } => match work.case.field(*field) {
            Value::Date(date) => Some(date),
            _ => return Ok(Err(NotExtended::NoDate)),
        },
        Lengthen::Add(_) | Lengthen::Total(_) => None,
    };
    let old = due_of(&counted())?;
    let new = due_of(&counted().lengthened(&extension.lengthen, until))?;
    if let (Some(old), Some(new)) = (old, new)
        && new <= old
    {
        return Ok(Err(NotExtended::NotLater));
    }
    if let Lengthen::Until { up_to: Some(most), .. } = &extension.lengthen {
        let most = due_of(&counted().lengthened(&Lengthen::Add(*most), None))?;
        if let (Some(most), Some(new)) = (most, new)
            && new > most
        {
            return Ok(Err(NotExtended::TooFar(most)));
        }
    }
    Ok(Ok(until))
}

/// Lengthens the clocks, in the phase of a decision where this is done.
pub(crate) fn carry_out<R: Reasons>(work: &mut Work<'_, R>) -> Result<(), NoDecision> {
    let machine: &Machine = work.machine;
    for at in 0..work.extending.len() {
        let Extending { clock: id, place, until } = work.extending[at];
        let Some(clock) = work.case.clock(id).copied().filter(Clock::is_open) else { continue };
        let extension = extension(machine, id.deadline, place);
        let times = if matches!(clock.state, crate::runtime::ClockState::Paused(_)) {
            clock.times
        } else {
            let counted = counted::counted(machine, work.case, &clock, clock.alternative);
            let counted = counted.lengthened(&extension.lengthen, until);
            let times = due::times(machine, &counted, &clock, work.at);
            times.map_err(|error| untimely(extension.rule, error))?
        };
        let times = if clock.breached { Times { alarm: None, ..times } } else { times };
        work.reasons.considered(|| Reason::Clock(extension.rule));
        let kind = FactKind::Extended { clock: id, extension: place, until, times };
        work.record(extension.rule, kind);
        work.points.push(Point::Extended(id.deadline));
        stand_still::unless_agreed(work, id)?;
    }
    Ok(())
}

/// The letters that the extensions of this event send.
pub(crate) fn letters<R>(work: &Work<'_, R>) -> Vec<(LetterId, RuleId)> {
    let each = work.extending.iter().flat_map(|it| {
        let extension = extension(work.machine, it.clock.deadline, it.place);
        extension.sends.iter().map(|letter| (*letter, extension.rule))
    });
    each.collect()
}

/// Whom the extensions of this event tell.
pub(crate) fn tellings<R>(work: &Work<'_, R>) -> Vec<(Doer, RuleId)> {
    let each = work.extending.iter().flat_map(|it| {
        let extension = extension(work.machine, it.clock.deadline, it.place);
        extension.tells.iter().map(|doer| (*doer, extension.rule))
    });
    each.collect()
}
