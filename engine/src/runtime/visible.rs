//! What a party reads of a case.

use crate::machine::Machine;
use crate::model::{Party, Readable};
use crate::runtime::{Fact, FactKind};

/// Whether a party reads what people recorded of something. What nobody keeps to themselves,
/// everybody reads who reads the case.
#[must_use]
pub fn may_read(machine: &Machine, reader: Party, what: Readable) -> bool {
    machine.protocol.confidential.may_read(reader, what)
}

/// Whether a party reads what a fact says. That an entry of a confidential record was added or
/// done stays to be seen, as its clocks do; what the entry holds does not.
#[must_use]
pub fn visible(machine: &Machine, reader: Party, fact: &Fact) -> bool {
    holds(fact).is_none_or(|what| may_read(machine, reader, what))
}

/// Whether everybody reads what a fact says.
pub(crate) fn is_open(machine: &Machine, fact: &Fact) -> bool {
    holds(fact).is_none_or(|what| machine.protocol.confidential.readers(what).is_none())
}

/// Of what a fact holds a value.
fn holds(fact: &Fact) -> Option<Readable> {
    match fact.kind {
        FactKind::FieldSet { field, .. } => Some(Readable::Field(field)),
        FactKind::EntryFieldSet { record, .. } => Some(Readable::Record(record)),
        _ => None,
    }
}
