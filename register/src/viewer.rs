//! For whom a register is written.

use engine::machine::Machine;
use engine::model::{Field, Party, Readable, RoleId, Trend};
use engine::runtime::may_read;

/// For whom a register is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Viewer {
    /// For everybody who may have it: nothing that only some roles read, and nothing personal.
    Anybody,
    /// For whoever has these roles: what they read of a case.
    Roles(Vec<String>),
}

impl Viewer {
    /// Whether the cases of this version are theirs to read at all: those of the organisation, or
    /// to whom it gave a role, read every case, others none here.
    #[must_use]
    pub fn reads_cases(&self, machine: &Machine) -> bool {
        match self {
            Self::Anybody => true,
            Self::Roles(names) => {
                let inside = |it| matches!(it, Party::Role(_) | Party::System);
                parties(machine, names).any(inside)
            }
        }
    }

    /// Whether they read something that is no personal value.
    #[must_use]
    pub fn reads(&self, machine: &Machine, what: Readable) -> bool {
        match self {
            Self::Anybody => machine.protocol.confidential.readers(what).is_none(),
            Self::Roles(names) => {
                parties(machine, names).any(|party| may_read(machine, party, what))
            }
        }
    }

    /// Whether they read a field, of a case or of the entries of a record.
    #[must_use]
    pub fn reads_field(&self, machine: &Machine, field: &Field, what: Readable) -> bool {
        self.reads(machine, what) && (!field.personal || matches!(self, Self::Roles(_)))
    }

    /// Whether they are told of a trend: one of their roles is among those that it tells.
    #[must_use]
    pub fn is_told(&self, machine: &Machine, trend: &Trend) -> bool {
        let tells = |it| matches!(it, Party::Role(role) if trend.tells.contains(&role));
        match self {
            Self::Anybody => true,
            Self::Roles(names) => parties(machine, names).any(tells),
        }
    }

    /// Whether personal values are theirs to read.
    #[must_use]
    pub const fn opens_personal(&self) -> bool {
        matches!(self, Self::Roles(_))
    }
}

/// The parties with these names; a name that the protocol does not have says nothing.
fn parties<'a>(machine: &'a Machine, names: &'a [String]) -> impl Iterator<Item = Party> + 'a {
    names.iter().filter_map(|name| {
        let declared = || machine.protocol.roles.iter().position(|it| it.name == *name);
        Party::built_in(name).or_else(|| declared().map(|at| Party::Role(RoleId::at(at))))
    })
}
