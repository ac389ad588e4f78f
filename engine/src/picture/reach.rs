//! The edges that a case can take, as far as conditions say that read nothing but the stage and
//! the rung, and as far as clocks can run.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::machine::{Edge, Machine, Node, Why};
use crate::picture::running::Running;
use crate::scenario::reach;
use crate::text::Strings;

/// What a case can do and where it can be.
pub(crate) struct Reach {
    /// The pairs, in order of stage, then rung.
    pub places: BTreeSet<Node>,
    /// The edges between them, by pair, then file order.
    pub edges: Vec<Edge>,
    /// Where clocks can run.
    pub running: Running,
}

impl Reach {
    /// Follows every way a case can take.
    pub(crate) fn of(machine: &Machine) -> Self {
        let strings = machine.strings();
        let all: BTreeMap<Node, Vec<Edge>> = machine
            .graph()
            .nodes()
            .map(|node| {
                let mut edges = machine.graph().leaving(node);
                edges.retain(|edge| is_possible(machine, edge, &strings));
                (node, edges)
            })
            .collect();
        let first = found(machine, &all);
        let edges: Vec<Edge> = first.iter().flat_map(|it| &all[it]).copied().collect();
        let running = Running::of(machine, &first, &edges);
        let runs = |edge: &Edge| match edge.why {
            Why::Expiry(deadline) => running.runs(deadline, edge.from),
            Why::Event(..) | Why::After(_) | Why::Placed => true,
        };
        let kept: BTreeMap<Node, Vec<Edge>> = all
            .into_iter()
            .map(|(node, edges)| (node, edges.into_iter().filter(runs).collect()))
            .collect();
        let places = found(machine, &kept);
        let edges = places.iter().flat_map(|it| &kept[it]).copied().collect();
        Self { places, edges, running }
    }
}

fn found(machine: &Machine, edges: &BTreeMap<Node, Vec<Edge>>) -> BTreeSet<Node> {
    let mut found: BTreeSet<Node> = machine.graph().starts().iter().copied().collect();
    let mut queue: VecDeque<Node> = found.iter().copied().collect();
    while let Some(node) = queue.pop_front() {
        for edge in edges.get(&node).into_iter().flatten() {
            if found.insert(edge.to) {
                queue.push_back(edge.to);
            }
        }
    }
    found
}

fn is_possible(machine: &Machine, edge: &Edge, strings: &Strings) -> bool {
    let conditions = &machine.protocol.conditions;
    let mut required = machine.branch_of(edge).into_iter().flat_map(|it| &it.requires);
    let fails = |id: &crate::model::ConditionId| {
        let condition = conditions.get(id.index());
        condition.is_some_and(|it| reach::known(machine, edge.from, &it.is, strings) == Some(false))
    };
    reach::is_possible(machine, edge, strings) && !required.any(fails)
}
