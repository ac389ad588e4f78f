//! A stage that is no end cannot be left.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Diagnostics;
use crate::machine::Graph;
use crate::machine::Machine;
use crate::model::StageId;

pub(crate) const CODE: Code = Code::error("stage-never-left");

/// Reports every stage without `end` in which a case would stay for ever.
pub(crate) fn stage_never_left(machine: &Machine, out: &mut Diagnostics) {
    for (place, stage) in machine.protocol.stages.iter().enumerate() {
        let id = StageId::at(place);
        if !stage.end && machine.graph().reaches(id) && !is_left(machine.graph(), id) {
            let span = machine.protocol.rule(stage.rule).span;
            let message = format!("a case never leaves stage `{}`", stage.name);
            out.push(
                Diagnostic::new(CODE, message, span, "no way leads on, and it is no end")
                    .help("write `end = true` if the case is closed here, else add a transition"),
            );
        }
    }
}

/// Whether some way leads from a stage to another, on any rung.
pub(crate) fn is_left(graph: &Graph, stage: StageId) -> bool {
    graph.nodes_of(stage).any(|node| graph.leaving(node).iter().any(|edge| edge.to.stage != stage))
}
