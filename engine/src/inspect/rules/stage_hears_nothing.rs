//! Nothing that anybody reports is taken in a stage.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Diagnostics;
use crate::inspect::rules::is_left;
use crate::machine::Machine;
use crate::model::StageId;

pub(crate) const CODE: Code = Code::warning("stage-hears-nothing");

/// Reports every stage in which people can only wait for time to pass.
pub(crate) fn stage_hears_nothing(machine: &Machine, out: &mut Diagnostics) {
    let graph = machine.graph();
    for (place, stage) in machine.protocol.stages.iter().enumerate() {
        let id = StageId::at(place);
        // A stage that is never left at all is a fault of its own.
        let waits = !stage.end && graph.reaches(id) && is_left(graph, id);
        if waits && stage.on.is_empty() {
            let span = machine.protocol.rule(stage.rule).span;
            let message = format!("in stage `{}` every event is refused", stage.name);
            out.push(
                Diagnostic::new(CODE, message, span, "only time leads out of here")
                    .help("let an event lead on, or at least allow `withdrawn` in `[anywhere]`"),
            );
        }
    }
}
