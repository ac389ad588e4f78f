//! Only the owner of the stage may do something, and the stage has none.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Diagnostics;
use crate::machine::Machine;
use crate::model::{Doer, StageId};

pub(crate) const CODE: Code = Code::error("no-owner-to-act");

/// Reports every event of a stage that is for `@owner` alone, where the stage has no owner.
pub(crate) fn no_owner_to_act(machine: &Machine, out: &mut Diagnostics) {
    let protocol = &machine.protocol;
    for (place, stage) in protocol.stages.iter().enumerate() {
        if stage.owner.is_some() || !machine.graph().reaches(StageId::at(place)) {
            continue;
        }
        for transitions in stage.on.iter().filter(|it| !it.anywhere) {
            let Some(event) = protocol.events.get(transitions.event.index()) else { continue };
            let Some(branch) = transitions.branches.first() else { continue };
            if event.by.iter().any(|it| *it != Doer::Owner) {
                continue;
            }
            let message =
                format!("nobody can report event `{}` in stage `{}`", event.name, stage.name);
            let span = protocol.rule(branch.rule).span;
            out.push(
                Diagnostic::new(CODE, message, span, "for `@owner` alone, who is nobody here")
                    .other(protocol.rule(stage.rule).span, "this stage has no `owner`")
                    .help("give the stage an `owner`, or let a role report the event"),
            );
        }
    }
}
