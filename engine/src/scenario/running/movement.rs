//! Where a step moves the clock.

use crate::runtime::{NoDecision, ReportedAt};
use crate::scenario::running::clock::{self, Awaited};
use crate::scenario::running::failure::{failure, no_decision};
use crate::scenario::running::run::wake;
use crate::scenario::running::stops;
use crate::scenario::running::underway::Running;
use crate::scenario::words;
use crate::scenario::{Failure, Movement, Step};
use crate::time::Instant;

/// Moves the clock and gives what the step says of the instant of its event, where that is not
/// the clock.
pub(crate) fn move_clock(
    running: &mut Running<'_>,
    step: &Step,
) -> Result<Option<ReportedAt>, Box<Failure>> {
    let faulted = |running: &Running<'_>, none| no_decision(running.machine, step, &none);
    match step.movement {
        Movement::Stay => Ok(None),
        Movement::At(at) => {
            forward(running, step, first_instant(running, at))?;
            Ok(matches!(at, ReportedAt::Date(_)).then_some(at))
        }
        Movement::RecordedAt(at, recorded) => {
            forward(running, step, recorded)?;
            Ok(Some(at))
        }
        Movement::Wait(term) => match clock::after(running.machine, running.now, term) {
            Ok(to) => forward(running, step, to.max(running.reached)).map(|()| None),
            Err(error) => {
                let expected = format!("the instant {term} later");
                Err(failure(step, "wait", expected, error.to_string()))
            }
        },
        Movement::Until(_) | Movement::UntilStop(..) => match awaited(running, step.movement) {
            Ok(Awaited::Happened(at)) => {
                running.now = at.max(running.now);
                Ok(None)
            }
            Ok(Awaited::Never) => {
                let expected = "it happens within 20 years".to_owned();
                Err(failure(step, "until", expected, "time alone does not bring it about".into()))
            }
            Err(none) => Err(faulted(running, none)),
        },
    }
}

/// Lets time act until what a step waits for has happened.
pub(crate) fn awaited(
    running: &mut Running<'_>,
    movement: Movement,
) -> Result<Awaited, NoDecision> {
    match movement {
        Movement::Until(point) => clock::until(running, point),
        Movement::UntilStop(stop, point) => stops::until(running, stop, point),
        _ => Ok(Awaited::Never),
    }
}

/// The instant the clock goes to. A date without a time that is today leaves it where it is.
pub(crate) fn first_instant(running: &Running<'_>, at: ReportedAt) -> Instant {
    let zone = &running.machine.protocol.zone;
    match at {
        ReportedAt::Instant(at) => at,
        ReportedAt::Date(date) if zone.civil(running.reached).date() == date => running.reached,
        ReportedAt::Date(date) => zone.day_start(date),
    }
}

fn forward(running: &mut Running<'_>, step: &Step, to: Instant) -> Result<(), Box<Failure>> {
    if to < running.reached {
        let clock = words::instant(running.machine, running.reached);
        let mut failure = failure(
            step,
            "at",
            format!("an instant from {clock} on"),
            words::instant(running.machine, to),
        );
        failure.because =
            Some("the clock does not go back; what is reported late needs `recorded_at`".into());
        return Err(failure);
    }
    wake(running, to).map_err(|none| no_decision(running.machine, step, &none))?;
    running.now = to;
    Ok(())
}
