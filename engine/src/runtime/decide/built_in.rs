//! What the events of the language do besides what a protocol writes about them, and as what a
//! case is taken in.

use crate::machine::Machine;
use crate::model::{BuiltIn, Doer, EventId, Intake, Party, Point};
use crate::runtime::answer::reasons::Reasons;
use crate::runtime::decide::work::Work;
use crate::runtime::{Case, Event, FactKind, NoDecision, RefusalKind};

/// Whether a case takes a built-in event although its stage does not name it.
pub(crate) fn is_taken_unnamed(machine: &Machine, case: &Case, event: EventId) -> bool {
    let built_in = machine.protocol.events.get(event.index()).and_then(|it| it.built_in);
    built_in.is_some_and(|it| it.is_taken_unnamed(case.closed))
}

/// Refuses to open a case that lacks what its kind of intake asks for.
pub(crate) fn complete<R: Reasons>(
    work: &mut Work<'_, R>,
    event: &Event,
) -> Result<(), NoDecision> {
    let machine: &Machine = work.machine;
    let kind = event.intake.unwrap_or(work.case.intake);
    match machine.protocol.intake.get(kind.index()) {
        Some(intake) => lacks_nothing(work, intake, event),
        None => Ok(()),
    }
}

/// Records as what a case is taken in, where the protocol knows kinds of intake.
pub(crate) fn take_in<R: Reasons>(work: &mut Work<'_, R>, event: &Event) {
    let machine: &Machine = work.machine;
    let kind = event.intake.unwrap_or(work.case.intake);
    if let Some(intake) = machine.protocol.intake.get(kind.index()) {
        let date_only = event.date_only;
        work.record(intake.rule, FactKind::TakenIn { intake: kind, date_only });
    }
}

/// Whether the point `opened` of a case has yet to happen: it may still become a complaint.
pub(crate) fn is_waiting(machine: &Machine, case: &Case) -> bool {
    machine.protocol.intake.get(case.intake.index()).is_some_and(|it| it.becomes.is_some())
}

/// Before the fields, the stage and the clocks move.
pub(crate) fn begin<R: Reasons>(
    work: &mut Work<'_, R>,
    built_in: BuiltIn,
    event: &Event,
) -> Result<(), NoDecision> {
    let rule = work.machine.protocol.events[event.kind.index()].rule;
    match (built_in, event.case, event.letter) {
        (BuiltIn::Merged, Some(case), _) => {
            work.record(rule, FactKind::Merged { case });
            if !work.case.closed {
                work.record(rule, FactKind::Closed);
            }
        }
        (BuiltIn::Split, Some(case), _) => work.record(rule, FactKind::SplitOff { case }),
        (BuiltIn::Linked, Some(case), _) => work.record(rule, FactKind::Linked { case }),
        (BuiltIn::Converted, ..) => return convert(work, event),
        // What is corrected lies in the record; the event itself does nothing to the case.
        (BuiltIn::Corrected, ..) => {}
        (BuiltIn::LetterFailed, _, Some(letter)) => {
            if work.case.sent.binary_search(&letter).is_err() {
                return Err(work.refuse(RefusalKind::NotSent(letter), rule));
            }
            work.record(rule, FactKind::LetterFailed { letter });
        }
        (BuiltIn::LetterFailed, ..) => {
            return Err(work.refuse(RefusalKind::Unnamed("the letter"), rule));
        }
        (BuiltIn::Merged | BuiltIn::Split | BuiltIn::Linked, ..) => {
            return Err(work.refuse(RefusalKind::Unnamed("the other case"), rule));
        }
    }
    Ok(())
}

/// After everything else: whoever answers for the protocol learns of a letter that failed.
pub(crate) fn end<R: Reasons>(work: &mut Work<'_, R>, built_in: BuiltIn, event: &Event) {
    if built_in == BuiltIn::LetterFailed {
        let protocol = &work.machine.protocol;
        let rule = protocol.events[event.kind.index()].rule;
        work.tell(Doer::Party(Party::Role(protocol.accountable)), rule);
    }
}

/// Makes the case what its intake becomes. Once that becomes nothing more, the case counts as
/// opened, from its original receipt.
fn convert<R: Reasons>(work: &mut Work<'_, R>, event: &Event) -> Result<(), NoDecision> {
    let machine: &Machine = work.machine;
    let of = |at: usize| machine.protocol.intake.get(at);
    let becomes = of(work.case.intake.index()).and_then(|it| it.becomes);
    let Some((kind, intake)) = becomes.and_then(|it| Some((it, of(it.index())?))) else {
        let rule = machine.protocol.events[event.kind.index()].rule;
        return Err(work.refuse(RefusalKind::NotConvertible, rule));
    };
    lacks_nothing(work, intake, event)?;
    let complainant = event.complainant;
    work.record(intake.rule, FactKind::Converted { intake: kind, complainant });
    if intake.becomes.is_none() {
        work.points.push(Point::Event(EventId::OPENED));
    }
    Ok(())
}

/// What a kind of intake asks for: fields that are set or brought, and who complains.
fn lacks_nothing<R>(work: &Work<'_, R>, intake: &Intake, event: &Event) -> Result<(), NoDecision> {
    let is_there = |field| {
        event.brings(field).is_some()
            || work.case.field(field) != crate::script::Value::Unset
            || work.machine.defaults[usize::from(field.0)] != crate::script::Value::Unset
    };
    let missing: Vec<_> = intake.required.iter().copied().filter(|it| !is_there(*it)).collect();
    if !missing.is_empty() {
        return Err(work.refuse(RefusalKind::Missing(missing), intake.rule));
    }
    if intake.complainant && event.complainant.or(work.case.complainant).is_none() {
        return Err(work.refuse(RefusalKind::Complainant, intake.rule));
    }
    Ok(())
}
