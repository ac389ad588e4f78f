//! Whoever owes something can put it off as often as they like.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Diagnostics;
use crate::inspect::people::parties;
use crate::model::{Deadline, Doer, Extension, Lengthen, Protocol};

pub(crate) const CODE: Code = Code::warning("extension-without-limit");

/// Reports every extension without a limit that the one who has the duty grants alone.
pub(crate) fn extension_without_limit(protocol: &Protocol, out: &mut Diagnostics) {
    for deadline in protocol.deadlines.iter().filter(|it| !it.window) {
        let Some(who) = deadline.who else { continue };
        for extension in deadline.extend.iter().filter(|it| it.times.is_none()) {
            let grows = !matches!(extension.lengthen, Lengthen::Total(_));
            if grows && grants_itself(who, extension, protocol) {
                out.push(fault(deadline, extension, protocol));
            }
        }
    }
}

fn grants_itself(who: Doer, extension: &Extension, protocol: &Protocol) -> bool {
    let Some(event) = protocol.events.get(extension.on.index()) else { return false };
    let debtor = parties(who, protocol);
    event.by.iter().any(|it| parties(*it, protocol).iter().any(|party| debtor.contains(party)))
}

fn fault(deadline: &Deadline, extension: &Extension, protocol: &Protocol) -> Diagnostic {
    let event = protocol.events.get(extension.on.index()).map_or("", |it| &it.name);
    let message =
        format!("whoever owes `{}` can put it off by `{event}` without a limit", deadline.name);
    let span = protocol.rule(extension.rule).span;
    Diagnostic::new(CODE, message, span, "as often as the debtor likes, and never in breach").help(
        "say how often in `times`, or leave the event to somebody else, such as the complainant",
    )
}
