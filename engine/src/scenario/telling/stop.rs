//! One fact of a stop in plain words.

use crate::machine::Machine;
use crate::model::{Stop, StopClock, StopEvent, StopOutcome, StopStage};
use crate::runtime::{FactKind, HeldStop, StopStream};
use crate::scenario::{StopBefore, StopFact, words};
use crate::script::Value;

/// What a fact of a stop says, or nothing where it only remembers something for later.
/// `before` is what happened in the same step before it.
pub(crate) fn fact(
    machine: &Machine,
    held: Option<&HeldStop>,
    before: &[StopFact],
    told: &StopFact,
) -> Option<String> {
    if told.fact.kind.is_of_the_record() {
        return of_the_record(machine, held?, before, told);
    }
    let stop = machine.protocol.stops.get(told.stop.index())?;
    let fact = &told.fact;
    let cited = |text: String| format!("{text}{}", words::source(machine, fact.rule));
    let said = |text: &str| cited(format!("stop {} {text}", stop.name));
    let instant = |at| words::instant(machine, at);
    Some(match fact.kind {
        FactKind::StageEntered { stage } => said(entered(StopStage::of(stage)?)?),
        FactKind::TimerSet { due, .. } => match stage_at(before, told)? {
            StopStage::Standing => format!("it ends by itself {}", instant(due)),
            StopStage::Warned => cited(format!("nothing is decided before {}", instant(due))),
            _ => format!("unless it is decided before {}, it comes to nothing", instant(due)),
        },
        FactKind::FieldSet { field, value } => outcome(field.0, value)?,
        FactKind::LetterDue { letter } => {
            let recipients = words::recipients(machine, letter);
            cited(format!("letter {} sent{recipients}", words::letter(machine, letter)))
        }
        FactKind::Told { party, from } => words::told(machine, party, from),
        FactKind::Started { clock, times, .. } => {
            let due = instant(times.due?);
            match StopClock::ALL.get(clock.deadline.index())? {
                StopClock::Review => cited(format!("looked at again by {due}")),
                StopClock::Appeal => cited(format!("an appeal is possible until {due}")),
                StopClock::Answer => cited(format!("the appeal is answered by {due}")),
            }
        }
        FactKind::Breached { clock } => match StopClock::ALL.get(clock.deadline.index())? {
            StopClock::Review => said("was not looked at again in time: review MISSED"),
            StopClock::Answer => said("was appealed against and nobody answered: answer MISSED"),
            StopClock::Appeal => return None,
        },
        FactKind::Lapsed { .. } => cited("an appeal is no longer possible".to_owned()),
        FactKind::Met { clock, late } => {
            match (StopClock::ALL.get(clock.deadline.index())?, late) {
                (StopClock::Review, true) => "the review came late".to_owned(),
                (StopClock::Answer, true) => "the answer came late".to_owned(),
                _ => return None,
            }
        }
        _ => return None,
    })
}

/// What late news says of what was recorded of a stop.
fn of_the_record(
    machine: &Machine,
    held: &HeldStop,
    before: &[StopFact],
    told: &StopFact,
) -> Option<String> {
    let instant = |at| words::instant(machine, at);
    match told.fact.kind {
        FactKind::Corrected { from, told, .. } => {
            let told = told.map(|it| format!("; {} told", words::party(machine, it)));
            let told = told.unwrap_or_default();
            Some(format!("what was recorded from {} on is corrected{told}", instant(from)))
        }
        FactKind::Withdrawn { sequence } => {
            let was = *held.facts.iter().find(|it| it.sequence == sequence)?;
            let text = fact(machine, Some(held), before, &StopFact { fact: was, ..*told })?;
            Some(format!("not true: {}  {text}", instant(was.at)))
        }
        FactKind::SetAside { event } => {
            let reported = held.event(event)?;
            let name = StopEvent::ALL.into_iter().find(|it| it.id() == reported.kind)?.name();
            let at = instant(reported.at);
            Some(format!("{name} of {at} has no effect any more: it was not allowed then"))
        }
        _ => None,
    }
}

/// What a stop comes to with a stage.
const fn entered(stage: StopStage) -> Option<&'static str> {
    match stage {
        StopStage::Quiet => None,
        StopStage::Warned => Some("proposed, the complainant warned"),
        StopStage::Proposed => Some("may be decided"),
        StopStage::Standing => Some("IMPOSED"),
        StopStage::Lifted => Some("lifted"),
        StopStage::Lapsed => Some("lapsed: its time is over"),
        StopStage::Dropped => Some("dropped: nothing was imposed"),
    }
}

/// The stage in which a fact was made.
fn stage_at(before: &[StopFact], told: &StopFact) -> Option<StopStage> {
    let entered = |it: &StopFact| match it.fact.kind {
        FactKind::StageEntered { stage } if it.key == told.key => StopStage::of(stage),
        _ => None,
    };
    before.iter().rev().find_map(entered)
}

/// "review: kept".
fn outcome(field: u16, value: Value) -> Option<String> {
    let outcome = StopOutcome::ALL.into_iter().find(|it| it.id().0 == field)?;
    let Value::Choice(place) = value else { return None };
    let choices = outcome.choices();
    let choice = choices.get(usize::from(place))?;
    Some(format!("{}: {choice}", outcome.name()))
}

/// The name of an event of a stop, for a heading: "stop_decided for written_only".
pub(crate) fn event(stop: &Stop, kind: crate::model::EventId) -> String {
    let event = StopEvent::ALL.into_iter().find(|it| it.id() == kind);
    format!("{} for {}", event.map_or("", StopEvent::name), stop.name)
}

/// How a stop that has not ended stands at the end.
pub(crate) fn at_the_end(machine: &Machine, stream: &StopStream) -> Option<String> {
    let stop = machine.protocol.stops.get(stream.stop.index()).filter(|_| stream.is_live())?;
    let dates = stream.dates();
    let dated = |text: &str, at: Option<crate::time::Instant>| {
        at.map_or_else(String::new, |at| format!(", {text} {}", words::instant(machine, at)))
    };
    let how = match stream.stage() {
        StopStage::Standing => "in force",
        StopStage::Warned => "warned of",
        _ => "proposed",
    };
    let until = dated("until", dates.until);
    let review = dated("looked at again by", dates.review_on);
    let answer = stream.case.open(StopClock::Answer.id()).and_then(|it| it.times.due);
    let answer = dated("appeal answered by", answer);
    Some(format!("stop {}: {how}{until}{review}{answer}", stop.name))
}

/// A stop that was imposed before a scenario begins.
pub(crate) fn before(machine: &Machine, before: &StopBefore) -> String {
    let stop = machine.protocol.stops.get(before.stop.index());
    let from = words::reported_at(machine, before.from);
    format!("stop {} imposed {from}", stop.map_or("", |it| &it.name))
}
