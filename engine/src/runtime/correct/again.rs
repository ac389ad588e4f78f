//! Deciding the events of a case again, in their true order, from some instant on.

use crate::machine::Machine;
use crate::runtime::RefusalKind;
use crate::runtime::answer::reasons::Reasons;
use crate::runtime::correct::order::Placed;
use crate::runtime::decide::{amended_again, explained, explained_wake};
use crate::runtime::{
    Amending, Case, Context, Decision, Effect, Event, Fact, FactKind, NoDecision, Refusal, allowed,
    apply,
};
use crate::text::Symbol;
use crate::time::Instant;

/// What was decided again.
pub(crate) struct Again {
    /// The case as it truly is.
    pub(crate) case: Case,
    /// Every fact, with what is to be done after it, in order. The numbers mean nothing.
    pub(crate) made: Vec<(Fact, Vec<Effect>)>,
    /// The events that would have been refused, and why.
    pub(crate) refused: Vec<(Symbol, Refusal)>,
}

/// Who decides, and how far time has come.
pub(crate) struct Setting<'a> {
    pub(crate) machine: &'a Machine,
    pub(crate) context: &'a Context<'a>,
    /// The instant before which time has acted.
    pub(crate) until: Instant,
    /// When calendars were amended, in order.
    pub(crate) amendments: &'a [Amending],
}

/// Decides events on a case, one after the other, and lets time act after the last. `must` names
/// the events that may not be refused.
///
/// # Errors
/// A fault, or the refusal of the event that may not be refused.
pub(crate) fn again<R: Reasons>(
    setting: &Setting<'_>,
    case: Case,
    events: &[Placed],
    must: &[Symbol],
    reasons: &mut R,
) -> Result<Again, NoDecision> {
    let mut again = Again { case, made: Vec::new(), refused: Vec::new() };
    let mut amendments = setting.amendments;
    for placed in events {
        let n_before = amendments.iter().take_while(|it| it.at < placed.at).count();
        let (before, later) = amendments.split_at(n_before);
        again.amend(setting, before, reasons)?;
        amendments = later;
        let decided = decided(setting, &again.case, placed, reasons);
        match decided {
            Ok(decision) => again.take(decision),
            Err(NoDecision::Refused(refusal)) if !must.contains(&placed.event.id) => {
                again.refused.push((placed.event.id, *refusal));
            }
            Err(none) => return Err(none),
        }
    }
    again.amend(setting, amendments, reasons)?;
    let Setting { machine, context, until, .. } = setting;
    again.take(explained_wake(machine, &again.case, *until, context, reasons)?);
    Ok(again)
}

impl Again {
    /// Calendars are amended when they were.
    fn amend<R: Reasons>(
        &mut self,
        setting: &Setting<'_>,
        amendments: &[Amending],
        reasons: &mut R,
    ) -> Result<(), NoDecision> {
        let Setting { machine, context, .. } = setting;
        for amending in amendments {
            let decided = amended_again(machine, &self.case, *amending, context, reasons)?;
            self.take(decided);
        }
        Ok(())
    }

    fn take(&mut self, decision: Decision) {
        for fact in decision.facts {
            apply(&mut self.case, &fact);
            let follow = decision.effects.iter().filter(|it| it.sequence == fact.sequence);
            self.made.push((fact, follow.copied().collect()));
        }
    }
}

fn decided<R: Reasons>(
    setting: &Setting<'_>,
    case: &Case,
    placed: &Placed,
    reasons: &mut R,
) -> Result<Decision, NoDecision> {
    let Setting { machine, context, .. } = setting;
    if placed.event.revision.is_some() {
        return correction(setting, case, placed, reasons);
    }
    // Whether it came late was judged when it came; here it only counts when it happened.
    let event = Event { recorded_at: placed.event.at, ..placed.event.clone() };
    explained(machine, case, &event, context, reasons)
}

/// A correction does nothing to the case itself: that it was made is recorded.
fn correction<R: Reasons>(
    setting: &Setting<'_>,
    case: &Case,
    placed: &Placed,
    reasons: &mut R,
) -> Result<Decision, NoDecision> {
    let Setting { machine, context, .. } = setting;
    let event = &placed.event;
    let rule = machine.protocol.events[event.kind.index()].rule;
    if case.opened_at.is_none() {
        let allowed = allowed(machine, case);
        let kind = RefusalKind::Opening;
        return Err(NoDecision::Refused(Box::new(Refusal {
            event: event.kind,
            kind,
            rule,
            allowed,
        })));
    }
    let mut decision = explained_wake(machine, case, placed.at, context, reasons)?;
    let last = decision.facts.last().map_or(case.sequence, |it| it.sequence);
    let kind = FactKind::Reported {
        event: event.kind,
        by: event.actor.party,
        person: event.actor.person,
        kept: machine.keeps_actors,
    };
    let sequence = last.saturating_add(1);
    decision.facts.push(Fact { sequence, at: placed.at, cause: Some(event.id), rule, kind });
    Ok(decision)
}
