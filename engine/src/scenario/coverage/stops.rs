//! What there is to show of stops, and what shows it.

use std::collections::BTreeSet;

use crate::machine::Machine;
use crate::model::{Party, Stop, StopClock, StopEvent, StopId, StopStage};
use crate::runtime::{Fact, FactKind, HeldStop, Reason, Refusal, RefusalKind};
use crate::scenario::{Aspect, Goal, Seen};

/// One thing that some scenario should show of a stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum StopSight {
    /// Somebody proposed it.
    ProposedByPerson,
    /// Its condition proposed it.
    ProposedByItself,
    /// The complainant was warned.
    Warned,
    /// A decision was refused, for the warning had not stood long enough.
    TooEarly,
    /// It was imposed.
    Imposed,
    /// It refused an act, by the entry with this place in `refuses`.
    Refused(u16),
    /// It let an act through all the same.
    LetThrough(u16),
    /// A review kept it.
    Kept,
    /// A review lifted it.
    LiftedOnReview,
    /// A review was missed.
    ReviewMissed,
    /// The complainant appealed.
    Appealed,
    /// The appeal was upheld.
    Upheld,
    /// The appeal was dismissed.
    Dismissed,
    /// Its time was over.
    Lapsed,
    /// It was lifted before its time.
    Lifted,
}

impl StopSight {
    fn words(self) -> String {
        match self {
            Self::ProposedByPerson => "proposed by a person".to_owned(),
            Self::ProposedByItself => "proposed by its condition".to_owned(),
            Self::Warned => "warned".to_owned(),
            Self::TooEarly => "refused before the warning has stood long enough".to_owned(),
            Self::Imposed => "decided".to_owned(),
            Self::Refused(place) => format!("refuses[{}] refuses", place.saturating_add(1)),
            Self::LetThrough(place) => {
                format!("refuses[{}] lets through", place.saturating_add(1))
            }
            Self::Kept => "kept on review".to_owned(),
            Self::LiftedOnReview => "lifted on review".to_owned(),
            Self::ReviewMissed => "review missed".to_owned(),
            Self::Appealed => "appealed".to_owned(),
            Self::Upheld => "appeal upheld".to_owned(),
            Self::Dismissed => "appeal dismissed".to_owned(),
            Self::Lapsed => "lapsed".to_owned(),
            Self::Lifted => "lifted".to_owned(),
        }
    }
}

/// All goals of the stops of a protocol.
pub(crate) fn goals(machine: &Machine, goals: &mut Vec<Goal>) {
    for (place, stop) in machine.protocol.stops.iter().enumerate() {
        for sight in sights(stop) {
            let seen = Seen::Stop(StopId::at(place), sight);
            let words = format!("{} {}", stop.name, sight.words());
            goals.push(Goal { aspect: Aspect::Stops, seen, words });
        }
    }
}

fn sights(stop: &Stop) -> Vec<StopSight> {
    let warned = stop.warning.is_some();
    let some = [
        (!stop.proposed_by.is_empty(), StopSight::ProposedByPerson),
        (stop.proposed_when.is_some(), StopSight::ProposedByItself),
        (warned, StopSight::Warned),
        (warned, StopSight::TooEarly),
        (true, StopSight::Imposed),
        (true, StopSight::Kept),
        (true, StopSight::LiftedOnReview),
        (true, StopSight::ReviewMissed),
        (true, StopSight::Appealed),
        (true, StopSight::Upheld),
        (true, StopSight::Dismissed),
        (stop.lasts.is_some(), StopSight::Lapsed),
        (true, StopSight::Lifted),
    ];
    let mut found: Vec<StopSight> =
        some.into_iter().filter(|(has, _)| *has).map(|(_, sight)| sight).collect();
    for (place, row) in (0u16..).zip(&stop.refuses) {
        found.push(StopSight::Refused(place));
        if row.unless.is_some() {
            found.push(StopSight::LetThrough(place));
        }
    }
    found
}

/// What the facts of a stop have shown; `held` is the stop as it is after them.
pub(crate) fn in_stop(held: &HeldStop, facts: &[Fact], seen: &mut BTreeSet<Seen>) {
    seen.extend(facts.iter().filter_map(|fact| match fact.kind {
        FactKind::LetterDue { letter } => Some(Seen::Sent(letter)),
        _ => None,
    }));
    let mut event = None;
    for fact in facts {
        if let FactKind::Reported { event: kind, .. } = fact.kind {
            event = StopEvent::ALL.into_iter().find(|it| it.id() == kind);
        }
        if let Some(sight) = sight(fact, event.filter(|_| fact.cause.is_some())) {
            seen.insert(Seen::Stop(held.stream.stop, sight));
        }
    }
    if facts.iter().any(|it| matches!(it.kind, FactKind::Reported { .. })) && held.stream.stands() {
        let sight = match event {
            Some(StopEvent::Reviewed) => Some(StopSight::Kept),
            Some(StopEvent::AppealDecided) => Some(StopSight::Dismissed),
            _ => None,
        };
        seen.extend(sight.map(|it| Seen::Stop(held.stream.stop, it)));
    }
}

fn sight(fact: &Fact, event: Option<StopEvent>) -> Option<StopSight> {
    match (fact.kind, event) {
        (FactKind::Reported { by, .. }, Some(StopEvent::Proposed)) => Some(match by {
            Party::System => StopSight::ProposedByItself,
            _ => StopSight::ProposedByPerson,
        }),
        (FactKind::Reported { .. }, Some(StopEvent::Appealed)) => Some(StopSight::Appealed),
        (FactKind::StageEntered { stage }, event) => match (StopStage::of(stage)?, event) {
            (StopStage::Warned, _) => Some(StopSight::Warned),
            (StopStage::Standing, _) => Some(StopSight::Imposed),
            (StopStage::Lapsed, _) => Some(StopSight::Lapsed),
            (StopStage::Lifted, Some(StopEvent::Reviewed)) => Some(StopSight::LiftedOnReview),
            (StopStage::Lifted, Some(StopEvent::AppealDecided)) => Some(StopSight::Upheld),
            (StopStage::Lifted, _) => Some(StopSight::Lifted),
            _ => None,
        },
        (FactKind::Breached { clock }, _) if clock.deadline == StopClock::Review.id() => {
            Some(StopSight::ReviewMissed)
        }
        _ => None,
    }
}

/// What the refusal of an event of a stop has shown.
pub(crate) fn stop_refusal(
    machine: &Machine,
    stop: StopId,
    refusal: &Refusal,
    seen: &mut BTreeSet<Seen>,
) {
    let warning = machine.protocol.stops.get(stop.index()).and_then(|it| it.warning);
    let of_warning = warning.is_some_and(|it| it.rule == refusal.rule);
    if of_warning && matches!(refusal.kind, RefusalKind::Conditions(_)) {
        seen.insert(Seen::Stop(stop, StopSight::TooEarly));
    }
}

/// What a decision on a case has shown of the stops in force.
pub(crate) fn refusing(machine: &Machine, reasons: &[Reason], seen: &mut BTreeSet<Seen>) {
    for (id, stop) in machine.protocol.stops.iter().enumerate() {
        for (place, row) in (0u16..).zip(&stop.refuses) {
            let passed = |it: &Reason| matches!(it, Reason::Condition { rule, holds: true, .. } if *rule == row.rule);
            if reasons.iter().any(passed) {
                seen.insert(Seen::Stop(StopId::at(id), StopSight::LetThrough(place)));
            }
        }
    }
}

/// What the conditions that propose stops have shown: `proposed` are the stops for which they
/// held.
pub(crate) fn proposing(machine: &Machine, proposed: &[StopId], seen: &mut BTreeSet<Seen>) {
    for (place, stop) in machine.protocol.stops.iter().enumerate() {
        if let Some(when) = &stop.proposed_when {
            seen.insert(Seen::Held(when.span, proposed.contains(&StopId::at(place))));
        }
    }
}
