//! Nothing requires a condition.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Diagnostics;
use crate::model::{ConditionId, Protocol};

pub(crate) const CODE: Code = Code::warning("condition-never-used");

/// Reports every condition that no event and no transition requires.
pub(crate) fn condition_never_used(protocol: &Protocol, out: &mut Diagnostics) {
    let by_events = protocol.events.iter().flat_map(|it| &it.requires);
    let branches = protocol.stages.iter().flat_map(|stage| &stage.on);
    let by_branches = branches.flat_map(|it| &it.branches).flat_map(|it| &it.requires);
    let used: Vec<ConditionId> = by_events.chain(by_branches).copied().collect();
    for (place, condition) in protocol.conditions.iter().enumerate() {
        if !used.contains(&ConditionId::at(place)) {
            let message = format!("nothing requires condition `{}`", condition.name);
            let span = protocol.rule(condition.rule).span;
            out.push(
                Diagnostic::new(CODE, message, span, "never looked at")
                    .help("name it in `requires` of an event or a transition, or remove it"),
            );
        }
    }
}
