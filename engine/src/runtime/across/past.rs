//! A closed case of which only little is known: what a person left behind before anybody looked.

use crate::machine::Machine;
use crate::model::{EventId, FieldId, StageId};
use crate::runtime::{CaseKey, Fact, FactKind, Register};
use crate::script::Value;
use crate::text::{Strings, Symbol};
use crate::time::Instant;

/// What is known of a closed case.
#[derive(Clone, Debug, PartialEq)]
pub struct Past {
    /// The person who complained.
    pub person: Symbol,
    /// When it was opened, and all that is known of it became true.
    pub opened: Instant,
    /// What its fields hold; those left out hold their default, if they have one.
    pub fields: Vec<(FieldId, Value)>,
}

impl Register {
    /// Adds a closed case. Nothing is decided about it and nothing is counted in it: it is there
    /// to be looked back at.
    pub fn add_past(
        &mut self,
        machine: &Machine,
        name: &str,
        past: &Past,
        strings: &Strings,
    ) -> CaseKey {
        let protocol = &machine.protocol;
        let rule = protocol.events[EventId::OPENED.index()].rule;
        let opened =
            FactKind::Opened { channel: None, complainant: Some(past.person), respondent: None };
        let said = |id: FieldId| past.fields.iter().find(|(field, _)| *field == id);
        let defaults = (0u16..).map(FieldId).zip(machine.defaults.iter().copied());
        let values = defaults.map(|(id, default)| said(id).copied().unwrap_or((id, default)));
        let set = values.filter(|(_, value)| *value != Value::Unset);
        let end = protocol.stages.iter().position(|it| it.end).map(StageId::at);
        let kinds = std::iter::once(opened)
            .chain(set.map(|(field, value)| FactKind::FieldSet { field, value }))
            .chain(end.map(|stage| FactKind::StageEntered { stage }))
            .chain([FactKind::Closed]);
        let facts = (1u32..).zip(kinds).map(|(sequence, kind)| Fact {
            sequence,
            at: past.opened,
            cause: None,
            rule,
            kind,
        });
        let facts: Vec<Fact> = facts.collect();
        let key = self.add(machine, name);
        self.keep(key, |held| held.keep(past.opened, None, &facts));
        self.look(machine, key, strings);
        key
    }
}
