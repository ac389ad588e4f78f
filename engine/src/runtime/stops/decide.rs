//! Deciding about stops: the machine of the stop decides as any machine does.

use crate::machine::Machine;
use crate::model::{Covers, EventId, Party, StopEvent, StopId, StopStage};
use crate::runtime::{
    Actor, Case, Context, Decision, Event, Explanation, Fault, FaultKind, NoDecision, Refusal,
    RefusalKind, StopStream, View, apply, explain,
};
use crate::script;
use crate::text::{Strings, Symbol};
use crate::time::{self, Instant};

/// Decides an event of a stop. The first event of a stream begins it.
///
/// # Errors
/// As [`decide`](crate::runtime::decide); places and names in a refusal are those of
/// [`Machine::stop`].
pub fn decide_stop(
    machine: &Machine,
    stream: &StopStream,
    event: &Event,
    context: &Context<'_>,
) -> Result<Decision, NoDecision> {
    explain_stop(machine, stream, event, context).outcome
}

/// Decides an event of a stop, and says why.
#[must_use]
pub fn explain_stop(
    machine: &Machine,
    stream: &StopStream,
    event: &Event,
    context: &Context<'_>,
) -> Explanation {
    let Some(own) = machine.stop(stream.stop) else {
        let (kind, rule) = (RefusalKind::Stage, crate::model::RuleId(0));
        let refusal = Refusal { event: event.kind, kind, rule, allowed: Vec::new() };
        let outcome = Err(NoDecision::Refused(Box::new(refusal)));
        return Explanation { reasons: Vec::new(), outcome };
    };
    if stream.case.opened_at.is_some() {
        return explain(own, &stream.case, event, context);
    }
    let begin = beginning(stream, event);
    let mut begun = explain(own, &stream.case, &begin, context);
    let Ok(first) = &mut begun.outcome else { return begun };
    let mut case = stream.case.clone();
    for fact in &first.facts {
        apply(&mut case, fact);
    }
    let why = explain(own, &case, event, context);
    let outcome = why.outcome.map(|second| Decision {
        facts: first.facts.iter().copied().chain(second.facts).collect(),
        effects: first.effects.iter().copied().chain(second.effects).collect(),
    });
    Explanation { reasons: why.reasons, outcome }
}

/// The event with which a stream begins, brought about by the first event of it.
pub(crate) fn beginning(stream: &StopStream, event: &Event) -> Event {
    Event {
        kind: EventId::OPENED,
        actor: by_itself(),
        entered_by: None,
        data: Vec::new(),
        complainant: stream.complainant,
        ..event.clone()
    }
}

/// The stops whose own condition proposes them on a case, as it stands after an event; on a
/// closed case none that covers no more than the case. Which of
/// them are live already is for the caller to know: those are not proposed again.
///
/// # Errors
/// A fault of a condition, which takes nothing back: the event was accepted.
pub fn proposed_by_itself(
    machine: &Machine,
    case: &Case,
    context: &Context<'_>,
) -> Result<Vec<StopId>, NoDecision> {
    let mut found = Vec::new();
    for (place, stop) in machine.protocol.stops.iter().enumerate() {
        let Some(when) = &stop.proposed_when else { continue };
        if case.closed && stop.covers == Covers::Case {
            continue;
        }
        let view = View { machine, case, event: None, strings: context.strings };
        match script::truth(when, &view) {
            Ok(true) => found.push(StopId::at(place)),
            Ok(false) => {}
            Err(fault) => {
                let kind = FaultKind::Script(fault);
                return Err(NoDecision::Faulted(Box::new(Fault { rule: stop.rule, kind })));
            }
        }
    }
    Ok(found)
}

/// The event that ends a stop with its case: it covers no more than the case, and the case is
/// closed. `None` where the stop goes on.
#[must_use]
pub fn case_ends(machine: &Machine, stream: &StopStream, id: Symbol, at: Instant) -> Option<Event> {
    let stop = machine.protocol.stops.get(stream.stop.index())?;
    let ends = stop.covers == Covers::Case && stream.is_live();
    ends.then(|| event(stream.stop, StopEvent::Lifted, id, at, by_itself()))
}

/// The event by which the condition of a stop proposes it. Nobody reports it.
#[must_use]
pub fn proposal(stop: StopId, id: Symbol, at: Instant) -> Event {
    event(stop, StopEvent::Proposed, id, at, by_itself())
}

const fn by_itself() -> Actor {
    Actor { party: Party::System, person: None }
}

fn event(stop: StopId, kind: StopEvent, id: Symbol, at: Instant, actor: Actor) -> Event {
    Event { stop: Some(stop), ..Event::new(id, kind.id(), at, actor) }
}

/// A stop that was imposed at an instant before anything that is told here: proposed and, where
/// the protocol says so, warned of in time.
///
/// # Errors
/// As [`decide_stop`].
pub fn imposed_before(
    machine: &Machine,
    mut stream: StopStream,
    at: Instant,
    strings: &mut Strings,
) -> Result<StopStream, NoDecision> {
    let Some(stop) = machine.protocol.stops.get(stream.stop.index()) else { return Ok(stream) };
    let (id, other) = (strings.intern("before"), strings.intern("before:decided"));
    let party = |doers: &[crate::model::Doer]| match doers.first() {
        Some(crate::model::Doer::Party(party)) => *party,
        _ => Party::System,
    };
    // The people of that time are nobody who acts later.
    let proposer = Actor { party: party(&stop.proposed_by), person: Some(id) };
    let decider = Actor { party: party(&stop.decided_by), person: Some(other) };
    let proposed_at = warned_at(machine, stop.warning.map(|it| it.wait), at);
    let context = Context::new(strings);
    let acts = [(StopEvent::Proposed, proposed_at, proposer), (StopEvent::Decided, at, decider)];
    for (kind, at, actor) in acts {
        let event = Event { reason: Some(id), ..event(stream.stop, kind, id, at, actor) };
        let decision = decide_stop(machine, &stream, &event, &context)?;
        for fact in &decision.facts {
            apply(&mut stream.case, fact);
        }
    }
    debug_assert_eq!(stream.stage(), StopStage::Standing);
    Ok(stream)
}

/// An instant from which a warning has stood long enough at another.
fn warned_at(machine: &Machine, wait: Option<time::Term>, decided_at: Instant) -> Instant {
    const DAY_MS: i64 = 86_400_000;
    let protocol = &machine.protocol;
    let before = protocol.calendars.first().zip(wait).and_then(|(calendar, wait)| {
        time::before(calendar, protocol.counts, decided_at, wait).ok()
    });
    // Counted backwards a term may fall on a closed day; a few days more are long enough.
    let slack_ms = if wait.is_some() { 10 * DAY_MS } else { 0 };
    before.unwrap_or(decided_at).plus_ms(-slack_ms).unwrap_or(decided_at)
}
