//! From a rung nothing leads further up.

use std::collections::BTreeSet;

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Diagnostics;
use crate::inspect::points::edges;
use crate::inspect::points::escalates;
use crate::machine::Machine;
use crate::model::RungId;

pub(crate) const CODE: Code = Code::warning("rung-dead-end");

/// Reports every rung with others above it from which no case can go up, where cases of other
/// rungs can. A ladder on which cases are only placed is a way of sharing out work.
pub(crate) fn rung_dead_end(machine: &Machine, out: &mut Diagnostics) {
    let protocol = &machine.protocol;
    let left: BTreeSet<RungId> =
        edges(machine).filter(escalates).map(|edge| edge.from.rung).collect();
    let on: BTreeSet<RungId> = machine.graph().nodes().map(|node| node.rung).collect();
    let Some(highest) = on.last().filter(|_| !left.is_empty()) else { return };
    for (place, rung) in protocol.ladder.iter().enumerate() {
        let id = RungId::at(place);
        if id >= *highest || !on.contains(&id) || left.contains(&id) {
            continue;
        }
        let above = protocol.ladder.get(place.saturating_add(1)).map_or("", |it| &it.name);
        let message = format!("from rung `{}` no case can go up to `{above}`", rung.name);
        let span = protocol.rule(rung.rule).span;
        out.push(
            Diagnostic::new(CODE, message, span, "the ladder goes on, and nothing leads there")
                .help("add `escalate` to what the complainant or a breach does on this rung"),
        );
    }
}
