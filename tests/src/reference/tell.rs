//! Who is told.

use engine::model::{Doer, Party, RoleId};

use crate::reference::work::Work;

impl Work<'_> {
    /// Tells whoever is meant on the new state.
    pub(crate) fn tell(&mut self) {
        for doer in std::mem::take(&mut self.tells) {
            self.tell_one(doer);
        }
    }

    pub(crate) fn tell_one(&mut self, doer: Doer) {
        let party = self.party_of(doer).unwrap_or(Party::Role(self.protocol.accountable));
        let name = self.protocol.party_name(self.present(party));
        self.say(format!("told {name}"));
    }

    /// Whoever is told in place of an absent role: its deputy, else the next rung up, else
    /// whoever is accountable.
    fn present(&self, party: Party) -> Party {
        let Party::Role(role) = party else { return party };
        let is_there = |role: &RoleId| !self.absent.contains(role);
        if is_there(&role) {
            return party;
        }
        let deputy = self.protocol.roles[role.index()].deputy.filter(is_there);
        let above = self.case.rung.map_or(0, |it| it.index() + 1);
        let up = || self.protocol.ladder.iter().skip(above).map(|it| it.handled_by).find(is_there);
        Party::Role(deputy.or_else(up).unwrap_or(self.protocol.accountable))
    }
}
