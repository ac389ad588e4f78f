//! On a rung nobody is held to any time.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Diagnostics;
use crate::machine::Machine;
use crate::model::{Deadline, Doer, Party, RoleId, RungId};
use crate::time::Allowance;

pub(crate) const CODE: Code = Code::warning("rung-without-term");

/// Reports every rung whose handler has no counted duty. Somebody outside the organisation cannot
/// be held to any, and a protocol without terms does not hold anybody.
pub(crate) fn rung_without_term(machine: &Machine, out: &mut Diagnostics) {
    let protocol = &machine.protocol;
    let counted: Vec<&Deadline> = protocol.deadlines.iter().filter(|it| is_counted(it)).collect();
    if counted.is_empty() {
        return;
    }
    for (place, rung) in protocol.ladder.iter().enumerate() {
        let reached = machine.graph().nodes().any(|node| node.rung == RungId::at(place));
        let outside = protocol.roles.get(rung.handled_by.index()).is_some_and(|it| it.external);
        let held = counted.iter().any(|it| holds(it, rung.handled_by));
        if !reached || outside || held {
            continue;
        }
        let role = protocol.party_name(Party::Role(rung.handled_by));
        let message = format!("on rung `{}` nothing has to be done by any time", rung.name);
        let span = protocol.rule(rung.rule).span;
        out.push(
            Diagnostic::new(CODE, message, span, format!("no deadline is for `{role}`"))
                .help("let a deadline with `who = \"@handler\"` start again on `escalated`"),
        );
    }
}

fn is_counted(deadline: &Deadline) -> bool {
    let terms = deadline.alternatives.iter();
    let counted = terms.into_iter().any(|it| it.allowance != Allowance::Promptly);
    !deadline.window && (counted || deadline.due.is_some())
}

fn holds(deadline: &Deadline, role: RoleId) -> bool {
    match deadline.who {
        Some(Doer::Handler | Doer::Owner) => true,
        Some(Doer::Party(party)) => party == Party::Role(role),
        None => false,
    }
}
