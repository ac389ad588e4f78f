//! What the stops in force refuse. A new complaint is never asked about here.

use crate::machine::Machine;
use crate::runtime::answer::reasons::Reasons;
use crate::runtime::decide::Work;
use crate::runtime::{Case, Event, Fact, FactKind, NoDecision, Refusal, RefusalKind};

/// Refuses an event that a stop in force refuses and does not let through all the same.
pub(crate) fn by_stop<R: Reasons>(work: &mut Work<'_, R>, event: &Event) -> Result<(), NoDecision> {
    let machine: &Machine = work.machine;
    for id in &event.stops {
        let Some(stop) = machine.protocol.stops.get(id.index()) else { continue };
        for (row, place) in stop.refuses.iter().zip(0u16..) {
            if !row.events.contains(&event.kind) {
                continue;
            }
            let passes = match &row.unless {
                Some(unless) => work.holds(unless, row.rule)?,
                None => false,
            };
            if !passes {
                return Err(work.refuse(RefusalKind::Stop(*id, place), row.rule));
            }
        }
    }
    Ok(())
}

/// The fact that an act was refused by a stop, to be recorded with the case: by which rule, and
/// where to turn instead. It changes nothing else. The case must be as it was when the event was
/// refused, and time must have acted on it up to the event. `None` for any other refusal.
#[must_use]
pub fn refused_act(case: &Case, event: &Event, refusal: &Refusal) -> Option<Fact> {
    let RefusalKind::Stop(stop, place) = refusal.kind else { return None };
    Some(Fact {
        sequence: case.sequence.saturating_add(1),
        at: event.at.max(case.last_at),
        cause: Some(event.id),
        rule: refusal.rule,
        kind: FactKind::ActRefused { event: event.kind, stop, place },
    })
}
