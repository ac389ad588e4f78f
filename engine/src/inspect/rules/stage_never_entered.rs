//! No way leads to a stage.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Diagnostics;
use crate::machine::Machine;
use crate::model::StageId;

pub(crate) const CODE: Code = Code::warning("stage-never-entered");

/// Reports every stage that no case can enter.
pub(crate) fn stage_never_entered(machine: &Machine, out: &mut Diagnostics) {
    for (place, stage) in machine.protocol.stages.iter().enumerate() {
        if !machine.graph().reaches(StageId::at(place)) {
            let span = machine.protocol.rule(stage.rule).span;
            let message = format!("no case ever enters stage `{}`", stage.name);
            out.push(
                Diagnostic::new(CODE, message, span, "no way leads here")
                    .help("let a transition, a rung or a breach lead here, or remove the stage"),
            );
        }
    }
}
