//! What somebody reads of a case: the sum of what their roles read.

use engine::machine::Machine;
use engine::model::{Party, Readable, RoleId};
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

    /// Whether they see what a fact says.
    #[must_use]
    pub fn sees(&self, machine: &Machine, fact: &Fact) -> bool {
        self.parties.iter().any(|party| visible(machine, *party, fact))
    }
}
