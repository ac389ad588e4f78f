//! No stage allows an event.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Diagnostics;
use crate::inspect::points::allowed_events;
use crate::machine::Machine;
use crate::model::EventId;

pub(crate) const CODE: Code = Code::warning("event-never-allowed");

/// Reports every event that is refused wherever a case is.
pub(crate) fn event_never_allowed(machine: &Machine, out: &mut Diagnostics) {
    let allowed = allowed_events(machine);
    for (place, event) in machine.protocol.events.iter().enumerate().skip(1) {
        if !allowed.contains(&EventId::at(place)) {
            let message = format!("event `{}` is refused in every stage", event.name);
            let span = machine.protocol.rule(event.rule).span;
            out.push(
                Diagnostic::new(CODE, message, span, "no stage that a case enters names it")
                    .help(format!("add `[stages.….on.{0}]` or `[anywhere.on.{0}]`", event.name)),
            );
        }
    }
}
