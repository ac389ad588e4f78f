//! No case ever gets to a rung.

use std::collections::BTreeSet;

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Diagnostics;
use crate::machine::Machine;
use crate::model::RungId;

pub(crate) const CODE: Code = Code::warning("rung-never-reached");

/// Reports every rung that no case is placed on and to which nothing escalates.
pub(crate) fn rung_never_reached(machine: &Machine, out: &mut Diagnostics) {
    let protocol = &machine.protocol;
    let reached: BTreeSet<RungId> = machine.graph().nodes().map(|node| node.rung).collect();
    for (place, rung) in protocol.ladder.iter().enumerate() {
        if reached.contains(&RungId::at(place)) {
            continue;
        }
        let message = format!("no case ever reaches rung `{}`", rung.name);
        let label = "nothing escalates this far, and no case begins here";
        out.push(Diagnostic::new(CODE, message, protocol.rule(rung.rule).span, label).help(
            "let a transition or a breach `escalate`, or say in `start_when` which cases \
                 begin here",
        ));
    }
}
