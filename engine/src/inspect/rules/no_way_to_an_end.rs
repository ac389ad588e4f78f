//! A case can get to where no end can be reached.

use std::collections::BTreeSet;

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Diagnostics;
use crate::inspect::rules::is_left;
use crate::machine::Machine;
use crate::machine::Node;
use crate::model::{Protocol, StageId};

pub(crate) const CODE: Code = Code::error("no-way-to-an-end");

/// Reports every stage from which, on some rung, no end stage can be reached. Stages that lead
/// to one that is never left are reported there.
pub(crate) fn no_way_to_an_end(machine: &Machine, out: &mut Diagnostics) {
    let protocol = &machine.protocol;
    let graph = machine.graph();
    let is_end = |node: &Node| protocol.stages.get(node.stage.index()).is_some_and(|it| it.end);
    let stages = (0..protocol.stages.len()).map(StageId::at);
    let never_left: BTreeSet<StageId> = stages.filter(|it| !is_left(graph, *it)).collect();
    let closing = graph.leads_to(|node| is_end(&node));
    let stuck = graph.leads_to(|node| !is_end(&node) && never_left.contains(&node.stage));
    let known: BTreeSet<Node> = closing.into_iter().chain(stuck).collect();
    let mut reported = BTreeSet::new();
    for node in graph.nodes() {
        if known.contains(&node) || !reported.insert(node.stage) {
            continue;
        }
        no_way(node, protocol).into_iter().for_each(|it| out.push(it));
    }
}

fn no_way(node: Node, protocol: &Protocol) -> Option<Diagnostic> {
    let stage = protocol.stages.get(node.stage.index())?;
    let rung = protocol.ladder.get(node.rung.index());
    let on = rung.map_or_else(String::new, |it| format!(" on rung `{}`", it.name));
    let message = format!("from stage `{}`{on} a case can never be closed", stage.name);
    let span = protocol.rule(stage.rule).span;
    let label = "no way leads from here to an end stage";
    Some(
        Diagnostic::new(CODE, message, span, label)
            .help("add a transition that leads towards a stage with `end = true`"),
    )
}
