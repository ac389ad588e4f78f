//! A way up leaves out a rung.

use std::collections::BTreeMap;

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Diagnostics;
use crate::inspect::points::edges;
use crate::machine::{Edge, Machine, Why};
use crate::model::{Branch, ConditionId, FieldId, Protocol, RuleId, RungId, Variable};
use crate::script::reads;
use crate::script::records_read;

pub(crate) const CODE: Code = Code::warning("rung-skipped");

/// Reports every transition that passes over a rung and does not ask what case it is: on which rung,
/// of what severity, or what was recorded of it before. What a breach does to a case is no choice of anybody, and not looked at.
pub(crate) fn rung_skipped(machine: &Machine, out: &mut Diagnostics) {
    let mut found: BTreeMap<RuleId, (RungId, RungId)> = BTreeMap::new();
    for edge in edges(machine).filter(passes_over) {
        let Some(branch) = machine.branch_of(&edge) else { continue };
        if !is_said(&edge, branch, &machine.protocol) {
            let lowest = found.entry(edge.rule).or_insert((edge.from.rung, edge.to.rung));
            lowest.0 = lowest.0.min(edge.from.rung);
        }
    }
    for (rule, (from, to)) in found {
        out.push(fault(rule, from, to, &machine.protocol));
    }
}

fn passes_over(edge: &Edge) -> bool {
    let climbs = matches!(edge.why, Why::Event(..) | Why::After(_));
    climbs && edge.to.rung.index() > edge.from.rung.index().saturating_add(1)
}

/// Whether the branch itself chooses the cases that may take the short way: by their rung, their
/// severity, or what was recorded of them before. What the event itself brings is said by whoever
/// takes the shortcut.
fn is_said(edge: &Edge, branch: &Branch, protocol: &Protocol) -> bool {
    let required = |id: &ConditionId| protocol.conditions.get(id.index()).map(|it| &it.is);
    let carried = match edge.why {
        Why::Event(event, _) => protocol.events.get(event.index()).map(|it| &it.carries),
        _ => None,
    };
    let brings = |field: FieldId| carried.is_some_and(|it| it.iter().any(|it| it.field == field));
    let chooses = |variable: &Variable| match variable {
        Variable::Rung | Variable::Severity => true,
        Variable::Field(field) => !brings(*field),
        _ => false,
    };
    let mut conditions = branch.when.iter().chain(branch.requires.iter().filter_map(required));
    conditions.any(|condition| {
        let read = reads(condition).into_iter();
        let mut read = read.filter_map(|it| protocol.variables.get(usize::from(it.0)));
        // What is recorded of a case chooses as a field does.
        read.any(chooses) || !records_read(condition).is_empty()
    })
}

fn fault(rule: RuleId, from: RungId, to: RungId, protocol: &Protocol) -> Diagnostic {
    let name = |rung: RungId| protocol.ladder.get(rung.index()).map_or("", |it| it.name.as_str());
    let between = (from.index().saturating_add(1)..to.index()).map(|it| name(RungId::at(it)));
    let passed = crate::diagnostic::listed(between);
    let message = format!("from rung `{}` this leads to `{}` past {passed}", name(from), name(to));
    let help = format!(
        "write `escalate = true`, or say who may: `when = 'rung == \"{}\"'` or a severity",
        name(from)
    );
    Diagnostic::new(CODE, message, protocol.rule(rule).span, "a shortcut up the ladder").help(help)
}
