//! The one door for a shell that keeps a record: in order, late, or once more.

use crate::machine::Machine;
use crate::runtime::answer::reasons::{Deaf, Reason, Reasons, Recorder};
use crate::runtime::correct::late::corrected;
use crate::runtime::correct::order::in_order;
use crate::runtime::decide::explained;
use crate::runtime::{
    Backdated, Case, Context, Correction, Decision, Event, Journal, NoDecision, Refusal,
    RefusalKind, allowed,
};

/// What became of an event that was posted.
#[derive(Clone, Debug, PartialEq)]
pub enum Posted {
    /// It is recorded already: the same event, posted once more. Nothing changes.
    Again,
    /// It was decided in order: the facts are applied to the case.
    Decided(Decision),
    /// It was late news: the case is the one given here.
    Corrected(Correction),
}

/// Takes an event into a case of which everything was kept. The same event posted twice is one
/// event. `case` is the fold of what is recorded.
///
/// # Errors
/// As [`decide`](crate::runtime::decide) and [`correct`](crate::runtime::correct); and a refusal where another event has
/// the same id.
pub fn post(
    machine: &Machine,
    journal: &Journal<'_>,
    case: &Case,
    event: &Event,
    context: &Context<'_>,
) -> Result<Posted, NoDecision> {
    taken(machine, journal, case, event, context, || Deaf).1
}

/// The same, and why.
pub fn posted(
    machine: &Machine,
    journal: &Journal<'_>,
    case: &Case,
    event: &Event,
    context: &Context<'_>,
) -> (Vec<Reason>, Result<Posted, NoDecision>) {
    let (recorder, posted) = taken(machine, journal, case, event, context, Recorder::default);
    (recorder.reasons, posted)
}

/// Takes an event with somebody listening: to what was decided in the end, not to what was tried
/// before.
fn taken<R: Reasons>(
    machine: &Machine,
    journal: &Journal<'_>,
    case: &Case,
    event: &Event,
    context: &Context<'_>,
    listener: impl Fn() -> R,
) -> (R, Result<Posted, NoDecision>) {
    let mut reasons = listener();
    if let Some(known) = journal.event(event.id) {
        return (reasons, known_already(machine, case, known, event));
    }
    let decided = explained(machine, case, event, context, &mut reasons);
    if is_late(&decided) || comes_before_one_aside(machine, journal, event) {
        let mut reasons = listener();
        let corrected = corrected(machine, journal, event, context, &mut reasons);
        return (reasons, corrected.map(Posted::Corrected));
    }
    (reasons, decided.map(Posted::Decided))
}

/// Whether an event was refused only because it comes after something that followed it.
fn is_late(decided: &Result<Decision, NoDecision>) -> bool {
    let overtaken = RefusalKind::Backdate(Backdated::Overtaken);
    matches!(decided, Err(NoDecision::Refused(refusal)) if refusal.kind == overtaken)
}

/// Whether an event that was set aside followed this one, and may have an effect again with it.
fn comes_before_one_aside(machine: &Machine, journal: &Journal<'_>, event: &Event) -> bool {
    let aside = journal.aside();
    !aside.is_empty()
        && in_order(machine, journal.events())
            .iter()
            .any(|it| it.at >= event.at && aside.contains(&it.event.id))
}

/// What is posted once more may come later than before, and nothing else about it may differ.
fn known_already(
    machine: &Machine,
    case: &Case,
    known: &Event,
    event: &Event,
) -> Result<Posted, NoDecision> {
    let once_more = Event {
        recorded_at: known.recorded_at,
        history: known.history.clone(),
        stops: known.stops.clone(),
        ..event.clone()
    };
    if once_more == *known {
        return Ok(Posted::Again);
    }
    let rule = machine.protocol.events[event.kind.index()].rule;
    let (kind, allowed) = (RefusalKind::IdTaken, allowed(machine, case));
    Err(NoDecision::Refused(Box::new(Refusal { event: event.kind, kind, rule, allowed })))
}
