//! When the other cases open: each as soon as the clock gets there.

use std::borrow::Cow;
use std::slice::Iter;

use crate::runtime::ReportedAt;
use crate::scenario::running::clock::{self, Awaited};
use crate::scenario::running::movement::{awaited, first_instant};
use crate::scenario::running::run::{Next, take};
use crate::scenario::running::underway::Running;
use crate::scenario::{Movement, Step, StepOutcome};
use crate::time::Instant;

/// Opens the cases that open before a step or at its instant, and gives the step as it is to be
/// taken then: a wait ends when it would have ended without them. Nothing where a case could not
/// be opened.
pub(crate) fn opened_before<'s>(
    running: &mut Running<'_>,
    openings: &mut Iter<'_, Step>,
    step: &'s Step,
    steps: &mut Vec<StepOutcome>,
) -> Option<Cow<'s, Step>> {
    if step.number == 0 || openings.len() == 0 {
        return Some(Cow::Borrowed(step));
    }
    let Some(target) = target(running, step) else { return Some(Cow::Borrowed(step)) };
    let mut has_opened = false;
    while let Some(opening) = openings.as_slice().first() {
        if moves_to(running, opening.movement).is_none_or(|at| at > target) {
            break;
        }
        openings.next();
        has_opened = true;
        open(running, opening, steps)?;
    }
    Some(match step.movement {
        Movement::Wait(_) if has_opened => {
            let movement = Movement::At(ReportedAt::Instant(target));
            Cow::Owned(Step { movement, ..step.clone() })
        }
        _ => Cow::Borrowed(step),
    })
}

/// Opens the cases that open after the last step.
pub(crate) fn opened_after(
    running: &mut Running<'_>,
    openings: Iter<'_, Step>,
    steps: &mut Vec<StepOutcome>,
) {
    for opening in openings {
        if open(running, opening, steps).is_none() {
            break;
        }
    }
}

fn open(running: &mut Running<'_>, opening: &Step, steps: &mut Vec<StepOutcome>) -> Option<()> {
    let (outcome, next) = take(running, opening);
    steps.push(outcome);
    (next == Next::Step).then_some(())
}

/// Where the clock will stand after a step; nothing where the step fails.
fn target(running: &Running<'_>, step: &Step) -> Option<Instant> {
    match step.movement {
        Movement::Stay => Some(running.reached),
        Movement::Wait(term) => {
            let to = clock::after(running.machine, running.now, term).ok()?;
            Some(to.max(running.reached))
        }
        Movement::Until(_) | Movement::UntilStop(..) => {
            let mut ahead = running.clone();
            ahead.key = step.case;
            match awaited(&mut ahead, step.movement) {
                Ok(Awaited::Happened(at)) => Some(at),
                Ok(Awaited::Never) | Err(_) => None,
            }
        }
        movement => moves_to(running, movement),
    }
}

/// The instant that a movement names.
fn moves_to(running: &Running<'_>, movement: Movement) -> Option<Instant> {
    match movement {
        Movement::At(at) => Some(first_instant(running, at)),
        Movement::RecordedAt(_, recorded) => Some(recorded),
        Movement::Stay | Movement::Wait(_) | Movement::Until(_) | Movement::UntilStop(..) => None,
    }
}
