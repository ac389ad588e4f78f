//! What somebody reads of a case: the sum of what their roles read.

use engine::machine::Machine;
use engine::model::{EventId, FieldId, Party, Readable, RecordId, RoleId};
use engine::runtime::{Fact, may_read, visible};

/// Somebody who reads a case, in one or several capacities.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reader {
    parties: Vec<Party>,
}

impl Reader {
    /// Whoever has these roles, in a protocol; roles that it does not have say nothing.
    #[must_use]
    pub fn of(machine: &Machine, roles: &[String]) -> Self {
        let declared = &machine.protocol.roles;
        let party = |name: &String| {
            let role = || declared.iter().position(|it| it.name == *name);
            Party::built_in(name).or_else(|| role().map(|at| Party::Role(RoleId::at(at))))
        };
        Self { parties: roles.iter().filter_map(party).collect() }
    }

    /// Whether they are somebody in this protocol at all.
    #[must_use]
    pub fn is_somebody(&self) -> bool {
        !self.parties.is_empty()
    }

    /// Whether they are the organisation, or somebody to whom it gave a role, so that every case
    /// is theirs to read; others read their own.
    #[must_use]
    pub fn reads_all_cases(&self) -> bool {
        self.parties.iter().any(|it| matches!(it, Party::Role(_) | Party::System))
    }

    /// Whether they act as this party.
    #[must_use]
    pub fn is(&self, party: Party) -> bool {
        self.parties.contains(&party)
    }

    /// Whether they read something.
    #[must_use]
    pub fn reads(&self, machine: &Machine, what: Readable) -> bool {
        self.parties.iter().any(|party| may_read(machine, *party, what))
    }

    /// Whether they may learn what is personal about the complainant: the complainant, and the
    /// roles of the organisation. Letters go by the same rule.
    #[must_use]
    pub fn knows_the_person(&self, machine: &Machine) -> bool {
        self.parties.iter().any(|party| knows_the_person(machine, *party))
    }

    /// Whether they read a letter that goes to somebody: it goes to them; or every case is theirs
    /// to read, and nothing that its recipient may read is kept from them.
    #[must_use]
    pub fn reads_letters_to(&self, machine: &Machine, recipient: Party) -> bool {
        if self.is(recipient) {
            return true;
        }
        let protocol = &machine.protocol;
        let fields = (0..protocol.fields.len()).map(|it| Readable::Field(FieldId::at(it)));
        let records = (0..protocol.records.len()).map(|it| Readable::Record(RecordId::at(it)));
        let reasons = (0..protocol.events.len()).map(|it| Readable::Reason(EventId::at(it)));
        let mut all = fields.chain(records).chain(reasons);
        self.reads_all_cases()
            && (self.knows_the_person(machine) || !knows_the_person(machine, recipient))
            && all.all(|what| !may_read(machine, recipient, what) || self.reads(machine, what))
    }

    /// Whether they see what a fact says.
    #[must_use]
    pub fn sees(&self, machine: &Machine, fact: &Fact) -> bool {
        self.parties.iter().any(|party| visible(machine, *party, fact))
    }
}

fn knows_the_person(machine: &Machine, party: Party) -> bool {
    match party {
        Party::Complainant => true,
        Party::Role(role) => {
            machine.protocol.roles.get(role.index()).is_some_and(|it| !it.external)
        }
        Party::Respondent | Party::System => false,
    }
}
