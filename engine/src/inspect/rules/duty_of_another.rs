//! Somebody answers for what only others can do.

use std::collections::BTreeSet;

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Diagnostics;
use crate::inspect::people::{Senders, acting, is_inside, parties, shown, with_deputies};
use crate::machine::Machine;
use crate::model::{Deadline, Doer, EventId, Protocol};

pub(crate) const CODE: Code = Code::warning("duty-of-another");

/// Reports every duty that only events meet, none of which its debtor may report or enter, and
/// all of which other roles of the organisation do. To chase somebody outside is a duty of its
/// own.
pub(crate) fn duty_of_another(machine: &Machine, senders: &Senders, out: &mut Diagnostics) {
    let protocol = &machine.protocol;
    for deadline in protocol.deadlines.iter().filter(|it| !it.window) {
        let (Some(who), Some(events)) = (deadline.who, meeting(deadline, senders)) else {
            continue;
        };
        let others = acting(&events, |event| &event.by, protocol);
        if others.is_empty() || others.iter().any(|it| !is_inside(*it, protocol)) {
            continue;
        }
        let enter = acting(&events, |event| &event.entered_by, protocol);
        let may = with_deputies(&others.union(&enter).copied().collect(), protocol);
        if !parties(who, protocol).iter().any(|it| may.contains(it)) {
            out.push(fault(deadline, who, protocol));
        }
    }
}

/// The events that meet a duty; `None` where something else may.
fn meeting(deadline: &Deadline, senders: &Senders) -> Option<BTreeSet<EventId>> {
    let mut events = BTreeSet::new();
    for met in &deadline.met_by {
        events.extend(senders.behind(met.on)?);
    }
    Some(events)
}

fn fault(deadline: &Deadline, who: Doer, protocol: &Protocol) -> Diagnostic {
    let who = shown(who, protocol);
    let message = format!("`{who}` answers for deadline `{}`, and may not meet it", deadline.name);
    let met = deadline.met_by.iter().map(|it| format!("`{}`", protocol.point_name(it.on)));
    let label = format!("met by {}, which is for others", met.collect::<Vec<_>>().join(", "));
    Diagnostic::new(CODE, message, protocol.rule(deadline.rule).span, label)
        .help(format!("let `{who}` report what meets it, or name in `who` the role that does"))
}
