//! Time alone would move a case for ever.

use std::collections::BTreeSet;

use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Diagnostics;
use crate::inspect::points::deadlines;
use crate::machine::Machine;
use crate::machine::Node;
use crate::machine::Why;
use crate::model::{Deadline, DeadlineId, Point, Protocol, StageId};

pub(crate) const CODE: Code = Code::error("endless-cycle");

/// Reports cycles of stages that no event is needed for, and clocks that start each other.
pub(crate) fn endless_cycle(machine: &Machine, out: &mut Diagnostics) {
    let protocol = &machine.protocol;
    let mut all: Vec<StageId> = (0..protocol.stages.len()).map(StageId::at).collect();
    // A breach happens once a clock, so it is part of a cycle only if the cycle starts the clock
    // again; the cycle shrinks until that is so.
    loop {
        let by_time = |why: Why| match why {
            Why::After(_) => true,
            Why::Expiry(deadline) => starts_again(protocol, deadline, &all),
            Why::Event(..) | Why::Placed => false,
        };
        let cycles = machine.graph().cycles(by_time);
        let mut within: Vec<StageId> = cycles.iter().flatten().map(|node| node.stage).collect();
        within.sort_unstable();
        within.dedup();
        if within.len() < all.len() {
            all = within;
            continue;
        }
        for cycle in &cycles {
            of_stages(cycle, protocol).into_iter().for_each(|it| out.push(it));
        }
        break;
    }
    let round = starting_themselves(protocol);
    for (id, deadline) in deadlines(protocol) {
        if round.contains(&id) {
            out.push(of_clocks(deadline, protocol));
        }
    }
}

fn starts_again(protocol: &Protocol, deadline: DeadlineId, stages: &[StageId]) -> bool {
    let Some(deadline) = protocol.deadlines.get(deadline.index()) else {
        return false;
    };
    let mut points = deadline.starts.iter().chain(&deadline.restarts);
    points.any(|point| matches!(point, Point::Stage(stage) if stages.contains(stage)))
}

fn of_stages(cycle: &[Node], protocol: &Protocol) -> Option<Diagnostic> {
    // Pairs come in order of stage, so those of one stage stand together.
    let mut stages: Vec<StageId> = cycle.iter().map(|node| node.stage).collect();
    stages.dedup();
    let names = stages.iter().filter_map(|it| protocol.stages.get(it.index()));
    let names: Vec<String> = names.map(|it| format!("`{}`", it.name)).collect();
    let first = protocol.stages.get(cycle.first()?.stage.index())?;
    let message = format!("time alone moves a case round for ever: {}", names.join(", "));
    let span = protocol.rule(first.rule).span;
    Some(
        Diagnostic::new(CODE, message, span, "left and entered again without any event")
            .help("let one of these moves lead out of the circle, or wait for an event"),
    )
}

/// The clocks whose end starts, by other clocks or at once, the same clock again.
fn starting_themselves(protocol: &Protocol) -> BTreeSet<DeadlineId> {
    let mut graph: DiGraph<DeadlineId, ()> = DiGraph::new();
    let places: Vec<NodeIndex> = deadlines(protocol).map(|(id, _)| graph.add_node(id)).collect();
    for ((_, deadline), next) in deadlines(protocol).zip(&places) {
        for point in deadline.starts.iter().chain(&deadline.restarts) {
            if let Point::Breach(ended) | Point::Lapse(ended) = point
                && let Some(ended) = places.get(ended.index())
            {
                graph.add_edge(*ended, *next, ());
            }
        }
    }
    let groups = kosaraju_scc(&graph).into_iter();
    let round =
        groups.filter(|it| it.len() > 1 || it.iter().any(|at| graph.contains_edge(*at, *at)));
    round.flatten().filter_map(|at| graph.node_weight(at).copied()).collect()
}

fn of_clocks(deadline: &Deadline, protocol: &Protocol) -> Diagnostic {
    let message = format!("the end of deadline `{}` leads to its own start", deadline.name);
    let span = protocol.rule(deadline.rule).span;
    Diagnostic::new(CODE, message, span, "ends and starts for ever without any event")
        .help("write `every` for a duty that comes back, or start it on something people do")
}
