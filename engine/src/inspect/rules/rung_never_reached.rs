//! No case is ever on a rung.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Diagnostics;
use crate::machine::Machine;
use crate::model::RungId;

pub(crate) const CODE: Code = Code::warning("rung-never-reached");

/// Reports every rung on which no case is placed and to which none goes up.
pub(crate) fn rung_never_reached(machine: &Machine, out: &mut Diagnostics) {
    let protocol = &machine.protocol;
    for (place, rung) in protocol.ladder.iter().enumerate() {
        let id = RungId::at(place);
        if machine.graph().nodes().all(|node| node.rung != id) {
            let message = format!("no case ever gets to rung `{}`", rung.name);
            let span = protocol.rule(rung.rule).span;
            out.push(
                Diagnostic::new(CODE, message, span, "nothing escalates to it or starts on it")
                    .help("let a transition or a breach `escalate`, or say `start_when`"),
            );
        }
    }
}
