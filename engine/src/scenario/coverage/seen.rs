//! What a run has shown of a protocol.

use std::collections::BTreeSet;

use crate::machine::Machine;
use crate::model::{
    Choose, ConditionId, DeadlineId, EventId, GuaranteeId, LetterId, RuleId, StopId, TrendId,
};
use crate::runtime::{Fact, FactKind, NotExtended, Reason, Refusal, RefusalKind};
use crate::scenario::StopSight;
use crate::text::Span;

/// One thing that was seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Seen {
    /// A branch of an event was taken, or a timed transition.
    Taken(RuleId),
    /// A deadline was met, in time or late; a window was used.
    Met(DeadlineId),
    /// A deadline was missed; a window ran out unused.
    Missed(DeadlineId),
    /// A condition held, or did not. Conditions are told apart by their place.
    Held(Span, bool),
    /// A condition refused an event.
    Refused(ConditionId),
    /// An extension refused to go further.
    Limited(RuleId, Limit),
    /// A stop was seen at this.
    Stop(StopId, StopSight),
    /// An event was refused on the last rung.
    LastRung(EventId),
    /// A letter was sent.
    Sent(LetterId),
    /// A guarantee was begun, or what it counts has happened.
    Promised(GuaranteeId),
    /// A guarantee was kept.
    Kept(GuaranteeId),
    /// A trend was raised.
    Raised(TrendId),
    /// A cluster of cases was one short of a trend at the end.
    OneShort(TrendId),
}

/// A limit of an extension.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Limit {
    /// It has been made as often as allowed.
    Times,
    /// The date lies beyond the latest that is allowed.
    UpTo,
}

/// What an accepted decision, or time alone, has shown.
pub(crate) fn in_decision(
    machine: &Machine,
    facts: &[Fact],
    reasons: &[Reason],
    seen: &mut BTreeSet<Seen>,
) {
    for fact in facts {
        in_fact(machine, fact, reasons, seen);
    }
    for reason in reasons {
        if let Reason::Chosen(rule) = reason {
            seen.insert(Seen::Taken(*rule));
        }
    }
}

fn in_fact(machine: &Machine, fact: &Fact, reasons: &[Reason], seen: &mut BTreeSet<Seen>) {
    match fact.kind {
        FactKind::LetterDue { letter } => {
            seen.insert(Seen::Sent(letter));
        }
        FactKind::Met { clock, .. } => {
            seen.insert(Seen::Met(clock.deadline));
        }
        FactKind::Breached { clock } | FactKind::Lapsed { clock } => {
            seen.insert(Seen::Missed(clock.deadline));
        }
        FactKind::Promised { guarantee, .. } => {
            seen.insert(Seen::Promised(guarantee));
        }
        FactKind::Kept { guarantee } => {
            seen.insert(Seen::Kept(guarantee));
        }
        FactKind::TimerRan { .. } => {
            let failed = |it: &Reason| matches!(it, Reason::Condition { rule, holds: false, .. } if *rule == fact.rule);
            if !reasons.iter().any(failed) {
                seen.insert(Seen::Taken(fact.rule));
            }
        }
        FactKind::Started { clock, alternative, .. }
        | FactKind::Recounted { clock, alternative, .. } => {
            in_choice(machine, clock.deadline, alternative, seen);
        }
        _ => {}
    }
}

/// The conditions of a list of terms say which of them applies without being listened to: the
/// one that applies held, those before it did not.
fn in_choice(machine: &Machine, id: DeadlineId, alternative: u16, seen: &mut BTreeSet<Seen>) {
    let Some(deadline) = machine.protocol.deadlines.get(id.index()) else { return };
    let Choose::First(list) = &deadline.choose else { return };
    for (when, place) in list {
        let applies = *place == alternative;
        if let Some(when) = when {
            seen.insert(Seen::Held(when.span, applies));
        }
        if applies {
            break;
        }
    }
}

/// What the conditions said that were read in a decision, whatever came of it.
pub(crate) fn in_conditions(reasons: &[Reason], seen: &mut BTreeSet<Seen>) {
    for reason in reasons {
        if let Reason::Condition { holds, parts, .. } = reason
            && let Some((span, _)) = parts.last()
        {
            seen.insert(Seen::Held(*span, *holds));
        }
    }
}

/// What a refusal has shown.
pub(crate) fn in_refusal(refusal: &Refusal, seen: &mut BTreeSet<Seen>) {
    match &refusal.kind {
        RefusalKind::Conditions(unmet) => {
            seen.extend(unmet.iter().map(|id| Seen::Refused(*id)));
        }
        RefusalKind::Extension(_, NotExtended::Times(_)) => {
            seen.insert(Seen::Limited(refusal.rule, Limit::Times));
        }
        RefusalKind::Extension(_, NotExtended::TooFar(_)) => {
            seen.insert(Seen::Limited(refusal.rule, Limit::UpTo));
        }
        RefusalKind::Stop(stop, place) => {
            seen.insert(Seen::Stop(*stop, StopSight::Refused(*place)));
        }
        RefusalKind::LastRung(_) => {
            seen.insert(Seen::LastRung(refusal.event));
        }
        _ => {}
    }
}
