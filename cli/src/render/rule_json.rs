//! A rule of a protocol, for programs.

use engine::machine::Machine;
use engine::model::RuleId;
use serde::Serialize;

/// A rule: where it stands and what it rests on.
#[derive(Serialize)]
pub(crate) struct RuleWire<'a> {
    path: &'a str,
    place: &'a str,
    source: Option<&'a str>,
    source_is_inherited: bool,
    unverified: bool,
}

/// The rule with this number.
pub(crate) fn rule(machine: &Machine, id: RuleId) -> RuleWire<'_> {
    let rule = machine.protocol.rule(id);
    RuleWire {
        path: &rule.path,
        place: &rule.place,
        source: rule.source.as_deref(),
        source_is_inherited: rule.inherited,
        unverified: rule.unverified,
    }
}
