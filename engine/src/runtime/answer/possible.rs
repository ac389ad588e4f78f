//! What may happen now: every event, by everybody, asked of the same decision that will be made.

use crate::machine::Machine;
use crate::model::{EventId, Party, RoleId};
use crate::runtime::answer::brought::{Brought, NOBODY};
use crate::runtime::{
    Actor, Case, Context, EntryFault, Event, Fault, NoDecision, NotExtended, Refusal, RefusalKind,
    decide,
};
use crate::time::Instant;

/// An event, and what would be said to each party that reported it now.
#[derive(Clone, Debug, PartialEq)]
pub struct Possible {
    /// The event.
    pub event: EventId,
    /// Every role in file order, then the parties that are there without being declared.
    pub parties: Vec<May>,
}

/// Whether a party may report an event now, if it brings what it must.
#[derive(Clone, Debug, PartialEq)]
pub struct May {
    /// In which capacity.
    pub party: Party,
    /// Which persons of it.
    pub persons: Persons,
    /// What would be said.
    pub stance: Stance,
}

/// Which persons an answer holds for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Persons {
    /// Whoever it is, named or not.
    Any,
    /// Somebody who is named and is barred by nothing that happened in the case. Others are
    /// refused.
    Others,
}

/// What would be said to an event that brings all it must and states a reason, in writing where
/// it must be.
#[derive(Clone, Debug, PartialEq)]
pub enum Stance {
    /// It would be accepted, whatever it brings.
    Allowed,
    /// It depends on what it brings, or on how it comes.
    Depends(Vec<Hinge>),
    /// It would be refused, whatever it brings.
    Refused(Box<Refusal>),
    /// A condition breaks, whatever it brings.
    Faulted(Box<Fault>),
}

/// What an answer depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Hinge {
    /// The value of a field that the event brings, or that it brings it.
    Field(crate::model::FieldId),
    /// The channel that it comes by.
    Channel,
    /// Which entry it is about, and what it brings to that.
    Entry,
}

impl Possible {
    /// Those who may report it, at least if it brings the right values.
    pub fn open_to(&self) -> impl Iterator<Item = &May> {
        let is_open = |may: &&May| matches!(may.stance, Stance::Allowed | Stance::Depends(_));
        self.parties.iter().filter(is_open)
    }

    /// What stands against it, where nobody may report it: what is said to those whose act it
    /// is, else to everybody.
    #[must_use]
    pub fn closed_by(&self) -> Option<&Refusal> {
        if self.open_to().next().is_some() {
            return None;
        }
        let refusals = self.parties.iter().filter_map(|may| match &may.stance {
            Stance::Refused(refusal) => Some(refusal.as_ref()),
            _ => None,
        });
        let of_role = |it: &&Refusal| it.kind == RefusalKind::Role;
        refusals.clone().find(|it| !of_role(it)).or_else(|| refusals.clone().next())
    }
}

/// What would be said to each event now, in file order; before a case is open, to the opening
/// alone. Nothing that is due before `at` may be left: [`wake`](crate::runtime::wake) first.
///
/// The values that an event might bring are gone through class by class, so that the answer is
/// exact wherever conditions compare fields with constants. Where they do more than that, where
/// they ask about the entries that the event adds to, or where a date must lie between two others, "depends" may be said of an event that every value,
/// or none, would let through.
#[must_use]
pub fn possible(
    machine: &Machine,
    case: &Case,
    at: Instant,
    context: &Context<'_>,
) -> Vec<Possible> {
    let n_events = machine.protocol.events.len();
    let events = match case.opened_at {
        None => 0..n_events.min(1),
        Some(_) => 1..n_events,
    };
    events
        .map(|place| {
            let event = EventId::at(place);
            let brought = Brought::new(machine, case, event, at);
            let asked = Asked { machine, case, at, context, event, brought };
            Possible { event, parties: parties(machine).map(|party| asked.may(party)).collect() }
        })
        .collect()
}

fn parties(machine: &Machine) -> impl Iterator<Item = Party> {
    let roles = (0..machine.protocol.roles.len()).map(|place| Party::Role(RoleId::at(place)));
    roles.chain(Party::BUILT_IN.iter().map(|(_, party)| *party))
}

struct Asked<'a> {
    machine: &'a Machine,
    case: &'a Case,
    at: Instant,
    context: &'a Context<'a>,
    event: EventId,
    brought: Brought,
}

impl Asked<'_> {
    fn may(&self, party: Party) -> May {
        let persons = Persons::Any;
        let stance = self.stance(Actor { party, person: None });
        let is_barred = |it: &Stance| matches!(it, Stance::Refused(refusal) if refusal.kind == RefusalKind::Person);
        if is_barred(&stance) {
            let other = self.stance(Actor { party, person: Some(NOBODY) });
            if !is_barred(&other) {
                return May { party, persons: Persons::Others, stance: other };
            }
        }
        May { party, persons, stance }
    }

    fn stance(&self, actor: Actor) -> Stance {
        let first = self.decided(actor, 0);
        if let Err(NoDecision::Refused(refusal)) = &first
            && is_before_data(&refusal.kind)
        {
            return Stance::Refused(refusal.clone());
        }
        let mut is_accepted = first.is_ok();
        let mut against: Vec<NoDecision> = first.err().into_iter().collect();
        for place in 1..self.brought.n_cases() {
            match self.decided(actor, place) {
                Ok(()) => is_accepted = true,
                Err(none) => against.push(none),
            }
            if is_accepted && !against.is_empty() {
                return Stance::Depends(self.brought.hinges());
            }
        }
        let is_certain = self.brought.is_complete() || against.first().is_some_and(is_used_up);
        match against.into_iter().next() {
            _ if !is_certain => Stance::Depends(self.brought.hinges()),
            None => Stance::Allowed,
            Some(NoDecision::Refused(refusal)) => Stance::Refused(refusal),
            Some(NoDecision::Faulted(fault)) => Stance::Faulted(fault),
        }
    }

    /// What is decided on the event with the values of one of the cases.
    fn decided(&self, actor: Actor, place: usize) -> Result<(), NoDecision> {
        let (data, channel) = self.brought.case(place);
        let (entry, entry_data) = self.brought.entry();
        let event = Event {
            channel,
            data,
            entry,
            entry_data,
            reason: Some(NOBODY),
            complainant: (!self.machine.protocol.intake.is_empty()).then_some(NOBODY),
            case: Some(NOBODY),
            letter: self.case.sent.first().copied(),
            ..Event::new(NOBODY, self.event, self.at, actor)
        };
        decide(self.machine, self.case, &event, self.context).map(|_| ())
    }
}

/// Whether a refusal comes before anything that the event brings is looked at.
const fn is_before_data(kind: &RefusalKind) -> bool {
    matches!(
        kind,
        RefusalKind::Role
            | RefusalKind::EnteredBy
            | RefusalKind::Person
            | RefusalKind::Opening
            | RefusalKind::NotEffective
            | RefusalKind::Future
            | RefusalKind::Backdate(_)
    )
}

/// Whether a deadline cannot be lengthened any more, to whatever date; or there is no entry left
/// to which this could happen, and no room for one.
const fn is_used_up(none: &NoDecision) -> bool {
    let NoDecision::Refused(refusal) = none else { return false };
    matches!(
        refusal.kind,
        RefusalKind::Extension(_, NotExtended::Late | NotExtended::Times(_))
            | RefusalKind::Entry(
                _,
                EntryFault::Unknown(_) | EntryFault::Done(_) | EntryFault::Full
            )
    )
}
