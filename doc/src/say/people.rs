//! Who does something.

use engine::model::{Barred, Doer, Party, RoleId, RungId};

use crate::page::{Line, line, listed};
use crate::say::Say;

impl Say<'_> {
    pub(crate) fn party(&self, party: Party) -> String {
        match party {
            Party::Role(role) => self.role(role),
            Party::Complainant => self.phrases.complainant.to_owned(),
            Party::Respondent => self.phrases.respondent.to_owned(),
            Party::System => self.phrases.system.to_owned(),
        }
    }

    pub(crate) fn doer(&self, doer: Doer) -> String {
        let p = self.phrases;
        let reads = |role: &RoleId| self.reader == Some(*role);
        match doer {
            Doer::Party(Party::Role(role)) if reads(&role) => p.you.to_owned(),
            Doer::Handler if self.handlers().iter().any(reads) => match self.handlers().len() {
                1 => p.you.to_owned(),
                _ => p.you_on_your_level.to_owned(),
            },
            Doer::Party(party) => self.party(party),
            Doer::Handler => match self.handlers().as_slice() {
                [only] => self.role(*only),
                several => {
                    let names = several.iter().map(|it| Line::from(self.role(*it))).collect();
                    let names = listed(names, p.or);
                    line(p.handler_of, &[("roles", names)]).plain()
                }
            },
            Doer::Owner => p.owner_of_step.to_owned(),
        }
    }

    /// People, with "or" or "and" before the last.
    pub(crate) fn doers(&self, doers: &[Doer], last: &str) -> Line {
        let mut names: Vec<Line> = Vec::new();
        for name in doers.iter().map(|it| Line::from(self.doer(*it))) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        listed(names, last)
    }

    /// The roles that handle cases, lowest first, each once.
    pub(crate) fn handlers(&self) -> Vec<RoleId> {
        let mut found = Vec::new();
        for rung in &self.machine.protocol.ladder {
            if !found.contains(&rung.handled_by) {
                found.push(rung.handled_by);
            }
        }
        found
    }

    /// Whether a role is meant, on some rung or in some stage.
    pub(crate) fn means(&self, doer: Doer, role: RoleId) -> bool {
        match doer {
            Doer::Party(party) => party == Party::Role(role),
            Doer::Handler => self.handlers().contains(&role),
            Doer::Owner => self
                .machine
                .protocol
                .stages
                .iter()
                .filter_map(|it| it.owner)
                .any(|it| it != Doer::Owner && self.means(it, role)),
        }
    }

    /// The rungs that a role handles, lowest first.
    pub(crate) fn rungs_of(&self, role: RoleId) -> Vec<RungId> {
        let ladder = self.machine.protocol.ladder.iter().enumerate();
        ladder.filter(|(_, it)| it.handled_by == role).map(|(at, _)| RungId::at(at)).collect()
    }

    /// A role with how to reach it.
    pub(crate) fn with_contact(&self, id: RoleId) -> Line {
        let role = self.machine.protocol.roles.get(id.index());
        let named = Line::strong(self.role(id));
        match role.and_then(|it| it.contact.as_ref()) {
            Some(contact) => self.labelled(&named, contact.into()),
            None => named,
        }
    }

    /// Who may not do it, as sentences.
    pub(crate) fn barred(&self, barred: &[Barred]) -> Vec<Line> {
        let p = self.phrases;
        let one = |it: &Barred| match it {
            Barred::Respondent => p.not_respondent.into(),
            Barred::Rung(id) => line(p.not_from_rung, &[("rung", self.rung(*id).into())]),
            Barred::Event(id) => line(p.not_who_did, &[("event", self.event(*id).into())]),
        };
        barred.iter().map(one).collect()
    }
}
