//! Somebody of the organisation must act in a stage, and nobody owns it.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Diagnostics;
use crate::inspect::people::{is_inside, parties};
use crate::machine::Machine;
use crate::model::{Doer, EventId, Protocol, Stage, StageId};

pub(crate) const CODE: Code = Code::warning("stage-without-owner");

/// Reports every stage without an owner in which an event of its own is for a role of the
/// organisation to report. Where only outsiders act or time passes, nobody has to do anything.
pub(crate) fn stage_without_owner(machine: &Machine, out: &mut Diagnostics) {
    let protocol = &machine.protocol;
    for (place, stage) in protocol.stages.iter().enumerate() {
        let is_open = !stage.end && machine.graph().reaches(StageId::at(place));
        if !is_open || stage.owner.is_some() {
            continue;
        }
        let Some(event) = work(stage, protocol) else { continue };
        let event = protocol.events.get(event.index()).map_or("", |it| &it.name);
        let message = format!("nobody owns stage `{}`", stage.name);
        let span = protocol.rule(stage.rule).span;
        let label = format!("somebody must see to it that `{event}` happens");
        out.push(
            Diagnostic::new(CODE, message, span, label)
                .help("write `owner = \"…\"`: a role, or `@handler` where there is a ladder"),
        );
    }
}

/// An event that waits in this stage for somebody of the organisation. One that only the owner
/// may report has a fault of its own.
fn work(stage: &Stage, protocol: &Protocol) -> Option<EventId> {
    let own = stage.on.iter().filter(|it| !it.anywhere).map(|it| it.event);
    own.into_iter().find(|event| {
        let by = protocol.events.get(event.index()).into_iter().flat_map(|it| &it.by);
        let named = by.filter(|doer| **doer != Doer::Owner);
        named.flat_map(|doer| parties(*doer, protocol)).any(|it| is_inside(it, protocol))
    })
}
