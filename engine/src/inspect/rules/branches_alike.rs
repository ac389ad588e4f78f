//! Several branches, and all do the same.

use std::collections::BTreeSet;

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Diagnostics;
use crate::model::{Branch, Protocol};

pub(crate) const CODE: Code = Code::warning("branches-alike");

/// Reports every event whose branches in a stage differ in nothing but their `when`. What rests
/// on different sources is told apart by them.
pub(crate) fn branches_alike(protocol: &Protocol, out: &mut Diagnostics) {
    // The branches of `anywhere` are the same in many stages; each is looked at once.
    let mut seen = BTreeSet::new();
    for stage in &protocol.stages {
        for transitions in &stage.on {
            let [first, others @ ..] = transitions.branches.as_slice() else { continue };
            let Some(last) = others.last() else { continue };
            let is_new = seen.insert(first.rule);
            let same = |it: &Branch| does(it, protocol) == does(first, protocol);
            if !is_new || !others.iter().all(same) {
                continue;
            }
            let event = protocol.events.get(transitions.event.index()).map_or("", |it| &it.name);
            let message =
                format!("all branches of event `{event}` in stage `{}` do the same", stage.name);
            out.push(
                Diagnostic::new(CODE, message, protocol.rule(last.rule).span, "does the same")
                    .other(protocol.rule(first.rule).span, "as this one")
                    .help("write what one of them should do instead, or keep one without `when`"),
            );
        }
    }
}

/// All that a branch does, and what it rests on.
fn does<'p>(branch: &'p Branch, protocol: &'p Protocol) -> impl PartialEq + 'p {
    let source = &protocol.rule(branch.rule).source;
    let moves = (&branch.requires, branch.to, branch.escalate);
    (moves, &branch.set, &branch.sends, &branch.tells, source)
}
