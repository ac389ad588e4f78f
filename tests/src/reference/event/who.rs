//! Who may do something.

use engine::model::{Barred, Doer, Party, RoleId};
use engine::runtime::{Actor, Event};

use crate::reference::case::Deed;
use crate::reference::work::{No, Work};

impl Work<'_> {
    pub(crate) fn who_may(&self, event: &Event) -> Result<(), No> {
        let kind = &self.protocol.events[event.kind.index()];
        if !self.is_one_of(event.actor, &kind.by) {
            return Err("role".to_owned());
        }
        if event.entered_by.is_some_and(|it| !self.is_one_of(it, &kind.entered_by)) {
            return Err("role".to_owned());
        }
        let handles = self.acts_as_handler(event.actor.party);
        let of_rung = self.case.rung.and_then(|it| self.protocol.ladder.get(it.index()));
        let of_rung = of_rung.filter(|_| handles).map_or(&[][..], |it| &it.not_by);
        if kind.not_by.iter().chain(of_rung).any(|it| self.is_barred(*it, event.actor)) {
            return Err("person".to_owned());
        }
        Ok(())
    }

    /// Whether somebody acts in one of these capacities, or as deputy in one.
    fn is_one_of(&self, actor: Actor, doers: &[Doer]) -> bool {
        let mut meant = doers.iter().filter_map(|it| self.party_of(*it));
        meant.any(|meant| self.stands_for(actor.party, meant))
    }

    fn deputy_of(&self, party: Party) -> Option<RoleId> {
        match party {
            Party::Role(role) => self.protocol.roles[role.index()].deputy,
            _ => None,
        }
    }

    /// Who is meant now.
    pub(crate) fn party_of(&self, doer: Doer) -> Option<Party> {
        match doer {
            Doer::Party(party) => Some(party),
            Doer::Handler => {
                let rung = self.protocol.ladder.get(self.case.rung?.index())?;
                Some(Party::Role(rung.handled_by))
            }
            Doer::Owner => {
                let (stage, _) = self.case.stage?;
                match self.protocol.stages[stage.index()].owner? {
                    Doer::Owner => None,
                    other => self.party_of(other),
                }
            }
        }
    }

    fn acts_as_handler(&self, party: Party) -> bool {
        self.party_of(Doer::Handler).is_some_and(|handler| self.stands_for(party, handler))
    }

    fn is_barred(&self, barred: Barred, actor: Actor) -> bool {
        match barred {
            Barred::Respondent => {
                let person = actor.person.is_some() && actor.person == self.case.respondent;
                actor.party == Party::Respondent || person
            }
            Barred::Rung(rung) => {
                let handler = Party::Role(self.protocol.ladder[rung.index()].handled_by);
                self.case.acts.iter().any(|deed| {
                    deed.rung == Some(rung)
                        && self.stands_for(deed.party, handler)
                        && self.may_be_the_same(deed, actor)
                })
            }
            Barred::Event(event) => {
                self.case.acts.iter().any(|it| it.event == event && self.may_be_the_same(it, actor))
            }
        }
    }

    /// Whether a party is another, or its deputy.
    fn stands_for(&self, party: Party, meant: Party) -> bool {
        party == meant || self.deputy_of(meant).map(Party::Role) == Some(party)
    }

    /// The same person; where one of the two is not known by name, anybody in the same role, and
    /// the deputies of either.
    fn may_be_the_same(&self, deed: &Deed, actor: Actor) -> bool {
        match (deed.person, actor.person) {
            (Some(before), Some(now)) => before == now,
            _ => {
                self.stands_for(deed.party, actor.party) || self.stands_for(actor.party, deed.party)
            }
        }
    }
}
