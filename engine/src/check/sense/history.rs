//! What the answers do that are given about other cases.

use crate::check::rules;
use crate::diagnostic::Diagnostics;
use crate::model::{Branch, Protocol, To, Variable};
use crate::script::{Expr, ExprKind};
use crate::text::Span;

/// Reports answers that decide about a case.
pub(crate) fn look(protocol: &Protocol, out: &mut Diagnostics) {
    if protocol.history.questions.is_empty() {
        return;
    }
    let branches = protocol.stages.iter().flat_map(|stage| {
        let of_events = stage.on.iter().flat_map(|it| &it.branches);
        of_events.chain(stage.after.iter().map(|it| &it.branch))
    });
    let mut deciding: Vec<(Span, &str)> = Vec::new();
    for branch in branches {
        if let Some(when) = branch.when.as_ref().filter(|_| closes(protocol, branch)) {
            deciding.extend(asks(protocol, when).map(|span| (span, "closes a case")));
        }
        required(protocol, branch.requires.iter(), &mut deciding);
    }
    for event in &protocol.events {
        required(protocol, event.requires.iter(), &mut deciding);
    }
    deciding.sort_unstable_by_key(|(span, what)| (span.file, span.start, *what));
    deciding.dedup();
    for (span, what) in deciding {
        out.push(rules::history_decides(span, what));
    }
}

fn closes(protocol: &Protocol, branch: &Branch) -> bool {
    match branch.to {
        To::Stage(id) => protocol.stages.get(id.index()).is_some_and(|it| it.end),
        To::Unsaid | To::Same => false,
    }
}

fn required<'a>(
    protocol: &Protocol,
    conditions: impl Iterator<Item = &'a crate::model::ConditionId>,
    deciding: &mut Vec<(Span, &str)>,
) {
    for id in conditions {
        let Some(condition) = protocol.conditions.get(id.index()) else { continue };
        deciding.extend(asks(protocol, &condition.is).map(|span| (span, "refuses an event")));
    }
}

/// The first place in a condition where other cases are asked about.
fn asks(protocol: &Protocol, condition: &Expr) -> Option<Span> {
    let mut found = None;
    condition.walk(&mut |part| {
        let (ExprKind::Var(id)
        | ExprKind::VarNumber { variable: id, .. }
        | ExprKind::VarIndex { variable: id, .. }) = &part.kind
        else {
            return;
        };
        let variable = protocol.variables.get(usize::from(id.0));
        if found.is_none() && matches!(variable, Some(Variable::History(_))) {
            found = Some(part.span);
        }
    });
    found
}
