//! Whoever owes something starts the clock, or does not.

use std::collections::BTreeSet;

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Diagnostics;
use crate::inspect::people::Senders;
use crate::inspect::people::acting;
use crate::inspect::people::parties;
use crate::machine::Machine;
use crate::model::{Deadline, Party, Point, Protocol};

pub(crate) const CODE: Code = Code::warning("anchor-may-never-come");

/// Reports every duty that starts only by an act of the one who has it.
pub(crate) fn anchor_may_never_come(machine: &Machine, senders: &Senders, out: &mut Diagnostics) {
    let protocol = &machine.protocol;
    // What each entry owes exists only with the entry.
    let duties = protocol.deadlines.iter().filter(|it| !it.window && it.for_each.is_none());
    for deadline in duties {
        let Some(who) = deadline.who else { continue };
        let debtor: BTreeSet<Party> = parties(who, protocol).into_iter().collect();
        let points = || deadline.starts.iter().chain(&deadline.restarts);
        let own = |point: &Point| {
            senders.behind(*point).is_some_and(|events| {
                let actors = acting(&events, |event| &event.by, protocol);
                actors.iter().all(|party| debtor.contains(party))
            })
        };
        if points().next().is_some() && points().all(own) {
            out.push(fault(deadline, protocol));
        }
    }
}

fn fault(deadline: &Deadline, protocol: &Protocol) -> Diagnostic {
    let points = deadline.starts.iter().chain(&deadline.restarts);
    let names: Vec<String> = points.map(|it| format!("`{}`", protocol.point_name(*it))).collect();
    let message = format!("deadline `{}` starts only when whoever owes it acts", deadline.name);
    let span = protocol.rule(deadline.rule).span;
    let label = format!("silence never starts this clock: {}", names.join(", "));
    Diagnostic::new(CODE, message, span, label)
        .help("add the breach of the duty before it: `starts = [\"letter:…\", \"breach:…\"]`")
}
