//! When something that is counted would end that began then, without a case.

use crate::machine::Machine;
use crate::model::{Deadline, DeadlineId, GuaranteeId, Lengthen, Promise, StageId};
use crate::runtime::case::counted::Counted;
use crate::runtime::case::{counted, due};
use crate::runtime::decide::clock::arm::{allowance_due, timer_due};
use crate::time::{Instant, NaiveDate, Start, TimeError};

/// Something whose end is counted from a start. Numbers of another machine count nothing. An
/// extension to a date counts by its `up_to`: as the most that it allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counts<'a> {
    /// A clock.
    Deadline {
        /// Of this deadline.
        deadline: DeadlineId,
        /// The place of the term that applies.
        alternative: u16,
        /// The extensions made, by place, in order.
        extensions: &'a [u16],
    },
    /// A clock whose end a change put into the past: it is due at the change, which is its start.
    Changed {
        /// Of this deadline.
        deadline: DeadlineId,
        /// The extensions made since, by place, in order; a total counts from elsewhere.
        extensions: &'a [u16],
    },
    /// A clock that was put off to a date; its start says nothing.
    PutOff {
        /// Of this deadline.
        deadline: DeadlineId,
        /// The date.
        to: NaiveDate,
        /// The extensions made since, by place, in order; a total counts from elsewhere.
        extensions: &'a [u16],
    },
    /// A timed transition.
    Timer {
        /// Of this stage.
        stage: StageId,
        /// Its place in `after`.
        place: u16,
    },
    /// The term of a guarantee.
    Guarantee(GuaranteeId),
    /// The limit of a pause; it counts as begun by nobody, whatever the start says.
    Limit {
        /// Of a clock of this deadline.
        deadline: DeadlineId,
        /// In this stage.
        stage: StageId,
    },
}

/// The due instant of something that begins then and never stands still, by the calendars as the
/// protocol has them. `Ok(None)` where nothing is counted: a duty without a counted term, an agreed
/// date, an extension to any date, a pause without a limit.
///
/// # Errors
/// A date outside what calendars know.
pub fn end_for(
    machine: &Machine,
    counts: Counts<'_>,
    start: Start,
) -> Result<Option<Instant>, TimeError> {
    let protocol = &machine.protocol;
    match counts {
        Counts::Deadline { deadline, alternative, extensions } => {
            let Some(deadline) = protocol.deadlines.get(deadline.index()) else { return Ok(None) };
            let counted = counted::from_start(deadline, alternative, start);
            lengthened(counted, deadline, extensions)
                .map_or(Ok(None), |it| it.due(machine, deadline))
        }
        Counts::Changed { deadline, extensions } => {
            let Some(deadline) = protocol.deadlines.get(deadline.index()) else { return Ok(None) };
            let counted = counted::at_change(start.at);
            lengthened(counted, deadline, extensions)
                .map_or(Ok(None), |it| it.due_at_change(machine, deadline, start.at).map(Some))
        }
        Counts::PutOff { deadline, to, extensions } => {
            let Some(deadline) = protocol.deadlines.get(deadline.index()) else { return Ok(None) };
            lengthened(counted::put_off(to, start), deadline, extensions)
                .map_or(Ok(None), |it| it.due(machine, deadline))
        }
        Counts::Timer { stage, place } => {
            let stage = protocol.stages.get(stage.index());
            let after = stage.and_then(|it| it.after.get(usize::from(place)));
            after.map_or(Ok(None), |it| timer_due(machine, 0, it.term, start))
        }
        Counts::Guarantee(id) => match protocol.guarantees.get(id.index()).map(|it| &it.promise) {
            Some(Promise::Within { within, .. } | Promise::TooSoon { within, .. }) => {
                allowance_due(machine, 0, within, start)
            }
            _ => Ok(None),
        },
        Counts::Limit { deadline, stage } => {
            let pauses = protocol.stages.get(stage.index()).map_or(&[][..], |it| &it.pauses);
            let limit = pauses.iter().find(|it| it.deadline == deadline).and_then(|it| it.limit);
            let (Some(limit), Some(deadline)) = (limit, protocol.deadlines.get(deadline.index()))
            else {
                return Ok(None);
            };
            due::limit_end(machine, 0, deadline, limit, start.at, &[])
        }
    }
}

/// What is counted with extensions of which nothing more is known; nothing where one may be to any
/// date.
fn lengthened<'a>(
    counted: Counted<'a>,
    deadline: &Deadline,
    extensions: &[u16],
) -> Option<Counted<'a>> {
    extensions.iter().try_fold(counted, |counted, place| {
        match deadline.extend.get(usize::from(*place)).map(|it| it.lengthen.clone())? {
            Lengthen::Until { up_to, .. } => Some(counted.lengthened(&Lengthen::Add(up_to?), None)),
            lengthen => Some(counted.lengthened(&lengthen, None)),
        }
    })
}
