//! The correction itself: what late news changes of what was recorded.

use std::collections::BTreeSet;

use crate::machine::Machine;
use crate::model::{EventId, RuleId};
use crate::runtime::answer::reasons::{Deaf, Reasons};
use crate::runtime::correct::again::{Setting, again};
use crate::runtime::correct::order::{differ_from, in_order, struck};
use crate::runtime::correct::written::{Before, write};
use crate::runtime::decide::{is_too_long_ago, may};
use crate::runtime::{
    Amending, Backdated, Case, Context, Effect, Event, Fact, FactKind, Journal, NoDecision,
    Refusal, RefusalKind, Uncorrectable, allowed, apply, fold, standing, wake,
};
use crate::text::Symbol;
use crate::time::Instant;

/// What late news leads to.
#[derive(Clone, Debug, PartialEq)]
pub struct Correction {
    /// What is recorded, in order: what time had done until now, as it was believed; then the
    /// facts that no longer hold, withdrawn, and what is true instead.
    pub facts: Vec<Fact>,
    /// What is to be done once the facts are stored. What was sent or told before is not sent or
    /// told again.
    pub effects: Vec<Effect>,
    /// The case as it truly is: the fold of all facts. Facts of a correction are not applied one
    /// by one.
    pub case: Case,
}

/// Takes late news into a case: an event that happened before something recorded, or one that
/// says that an earlier event was wrong. The case is decided again from there, in the order in
/// which things happened, and the difference is what is recorded.
///
/// # Errors
/// A refusal when the event is too long ago, states no reason, or would have been refused where it
/// belongs; a fault when a condition breaks. Neither changes anything.
pub fn correct(
    machine: &Machine,
    journal: &Journal<'_>,
    event: &Event,
    context: &Context<'_>,
) -> Result<Correction, NoDecision> {
    corrected(machine, journal, event, context, &mut Deaf)
}

/// The same with somebody listening.
pub(crate) fn corrected<R: Reasons>(
    machine: &Machine,
    journal: &Journal<'_>,
    event: &Event,
    context: &Context<'_>,
    reasons: &mut R,
) -> Result<Correction, NoDecision> {
    let until = journal.recorded_until().max(event.recorded_at);
    let mut facts = journal.facts();
    let mut believed = fold(machine, &facts);
    let passed = wake(machine, &believed, until, context)?;
    passed.facts.iter().for_each(|fact| apply(&mut believed, fact));
    facts.extend(&passed.facts);
    let late = Late { machine, journal, event, context, believed: &believed };
    late.check()?;

    let old = in_order(machine, journal.events());
    let new = in_order(machine, journal.events().chain([event]));
    let (place, from) = differ_from(machine, &old, &new).unwrap_or((new.len(), until));
    let (kept, events) = new.split_at(place.min(new.len()));
    let kept: BTreeSet<Symbol> = kept.iter().map(|it| it.event.id).collect();
    let is_before = |fact: &Fact| match fact.cause {
        _ if is_refused(fact) => fact.at < from,
        Some(id) => kept.contains(&id),
        None => fact.at < from,
    };
    let (before, after): (Vec<Fact>, Vec<Fact>) = standing(&facts).into_iter().partition(is_before);
    let (refused, after): (Vec<Fact>, Vec<Fact>) = after.into_iter().partition(is_refused);
    let mut case = Case::new(machine);
    before.iter().for_each(|fact| apply(&mut case, fact));
    case.note_entry_numbers(&facts);
    let numbers = numbers(&facts);
    let amended = Some(amended_at_opening(&facts));
    let context = &Context { numbers: &numbers, amended, ..*context };
    let amendments = amendments(&after);
    let setting = Setting { machine, context, until, amendments: &amendments };
    let mut again = again(&setting, case, events, &late.must_stand(), reasons)?;
    refused.iter().for_each(|fact| apply(&mut again.case, fact));
    let at = events.iter().find(|it| it.event.id == event.id).map_or(event.at, |it| it.at);
    let recorded = Before { facts: &facts, after: &after, kept: &kept, passed, from };
    Ok(write(machine, event, at, recorded, again))
}

/// The numbers that entries have, each by the event that added it. An entry keeps its number,
/// whatever becomes known of what was before it.
fn numbers(facts: &[Fact]) -> Vec<(Symbol, u16)> {
    let mut numbers: Vec<(Symbol, u16)> = Vec::new();
    for fact in facts {
        if let (FactKind::EntryAdded { number, .. }, Some(event)) = (fact.kind, fact.cause)
            && !numbers.iter().any(|(known, _)| *known == event)
        {
            numbers.push((event, number));
        }
    }
    numbers
}

/// How many amendments of calendars the case was opened with.
fn amended_at_opening(facts: &[Fact]) -> u16 {
    let amended = facts.iter().find_map(|fact| match fact.kind {
        FactKind::CalendarsAmended { amendment } if fact.cause.is_some() => Some(amendment),
        _ => None,
    });
    amended.map_or(0, |it| it.0.saturating_add(1))
}

/// The amendments of calendars that became known while the case was open, and when.
fn amendments(facts: &[Fact]) -> Vec<Amending> {
    let amended = facts.iter().filter(|fact| fact.cause.is_none());
    let amended = amended.filter_map(|fact| match fact.kind {
        FactKind::CalendarsAmended { amendment } => Some(Amending { amendment, at: fact.at }),
        _ => None,
    });
    amended.collect()
}

/// An act that a stop refused stays refused: nobody can do it over.
const fn is_refused(fact: &Fact) -> bool {
    matches!(fact.kind, FactKind::ActRefused { .. })
}

/// The news, and what it is held against.
struct Late<'a> {
    machine: &'a Machine,
    journal: &'a Journal<'a>,
    event: &'a Event,
    context: &'a Context<'a>,
    /// The case as it was believed to be until now.
    believed: &'a Case,
}

impl Late<'_> {
    fn refuse(&self, kind: RefusalKind) -> NoDecision {
        let allowed = allowed(self.machine, self.believed);
        let event = self.event.kind;
        NoDecision::Refused(Box::new(Refusal { event, kind, rule: self.rule(), allowed }))
    }

    fn rule(&self) -> RuleId {
        self.machine.protocol.events[self.event.kind.index()].rule
    }

    /// The events that are not set aside where they would be refused: then nothing changes.
    fn must_stand(&self) -> Vec<Symbol> {
        let revised = self.event.revision.filter(|it| !it.struck).map(|it| it.of);
        revised.into_iter().chain([self.event.id]).collect()
    }

    fn check(&self) -> Result<(), NoDecision> {
        let Event { at, recorded_at, .. } = *self.event;
        if at > recorded_at {
            return Err(self.refuse(RefusalKind::Future));
        }
        let Some(revision) = self.event.revision else {
            self.check_limit(at)?;
            return match self.event.reason {
                Some(_) => Ok(()),
                None => Err(self.refuse(RefusalKind::LateReason)),
            };
        };
        self.check_target(revision.of, revision.struck)
            .map_err(|why| self.refuse(RefusalKind::Uncorrectable(why)))?;
        may(self.machine, self.believed, self.event, self.context)?;
        if self.event.reason.is_none() {
            return Err(self.refuse(RefusalKind::Reason));
        }
        match revision.happened_at {
            Some((at, _)) if at > recorded_at => Err(self.refuse(RefusalKind::Future)),
            Some((at, _)) => self.check_limit(at),
            None => Ok(()),
        }
    }

    /// The law counts from when something happened, so that moving it has a limit.
    fn check_limit(&self, at: Instant) -> Result<(), NoDecision> {
        match is_too_long_ago(self.machine, at, self.event.recorded_at, self.rule())? {
            true => Err(self.refuse(RefusalKind::Backdate(Backdated::TooLong))),
            false => Ok(()),
        }
    }

    fn check_target(&self, of: Symbol, strikes: bool) -> Result<(), Uncorrectable> {
        let Some(target) = self.journal.event(of) else { return Err(Uncorrectable::Unknown) };
        let recorded: Vec<&Event> = self.journal.events().collect();
        if struck(&recorded).contains(&of) {
            Err(Uncorrectable::Struck)
        } else if strikes && target.kind == EventId::OPENED {
            Err(Uncorrectable::Opening)
        } else if !strikes && target.revision.is_some() {
            Err(Uncorrectable::Correction)
        } else {
            Ok(())
        }
    }
}
