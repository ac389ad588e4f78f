//! The reachable pairs of stage and rung, and what leads from one to the next. Conditions are
//! not looked into: an edge is there when some case could take it.

use std::collections::BTreeMap;
use std::collections::VecDeque;

use petgraph::Direction;
use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::EdgeRef;

use crate::model::{Branch, DeadlineId, Escalate, EventId, Protocol, RuleId, RungId, StageId, To};

/// Where a case may be: a stage, and the rung where there is a ladder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Node {
    /// The stage.
    pub stage: StageId,
    /// The rung; number 0 where there is no ladder.
    pub rung: RungId,
}

/// What makes a case go along an edge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// A branch of an event: the event and the place of the branch.
    Event(EventId, u16),
    /// A timed transition of the stage.
    After(u16),
    /// A deadline runs out.
    Expiry(DeadlineId),
    /// The case is placed higher because of what became known.
    Placed,
}

/// A way from one pair to another, or back to itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edge {
    /// From where.
    pub from: Node,
    /// To where.
    pub to: Node,
    /// By what.
    pub why: Why,
    /// The entry of the protocol.
    pub rule: RuleId,
}

/// By what, which entry, and whether a stage is entered.
type Way = (Why, RuleId, bool);

/// The graph. Edges come in file order wherever they are listed.
#[derive(Clone, Debug)]
pub struct Graph {
    pairs: DiGraph<Node, Way>,
    places: BTreeMap<Node, NodeIndex>,
    starts: Vec<Node>,
}

impl Graph {
    /// The pairs that a case can be in, in order of stage, then rung.
    pub fn nodes(&self) -> impl Iterator<Item = Node> {
        self.places.keys().copied()
    }

    /// The pairs in which a case can begin.
    #[must_use]
    pub fn starts(&self) -> &[Node] {
        &self.starts
    }

    /// The edges that leave a pair, in file order.
    #[must_use]
    pub fn leaving(&self, node: Node) -> Vec<Edge> {
        let Some(at) = self.places.get(&node) else { return Vec::new() };
        let mut found: Vec<Edge> = self
            .pairs
            .edges(*at)
            .map(|edge| {
                let (why, rule, _) = *edge.weight();
                Edge { from: self.pairs[edge.source()], to: self.pairs[edge.target()], why, rule }
            })
            .collect();
        found.sort_by_key(|edge| (edge.rule, edge.why, edge.from, edge.to));
        found
    }

    /// Whether the stage can be entered on any rung.
    #[must_use]
    pub fn reaches(&self, stage: StageId) -> bool {
        self.nodes_of(stage).next().is_some()
    }

    /// The pairs of one stage, in order of the rungs.
    pub fn nodes_of(&self, stage: StageId) -> impl Iterator<Item = Node> {
        let on = |rung| Node { stage, rung: RungId(rung) };
        self.places.range(on(0)..=on(u16::MAX)).map(|(node, _)| *node)
    }

    /// The pairs from which some pair with `goal` can be reached, that pair included.
    #[must_use]
    pub fn leads_to(&self, goal: impl Fn(Node) -> bool) -> Vec<Node> {
        let mut seen: Vec<bool> = vec![false; self.pairs.node_count()];
        let mut queue: VecDeque<NodeIndex> =
            self.places.iter().filter(|(node, _)| goal(**node)).map(|(_, at)| *at).collect();
        while let Some(at) = queue.pop_front() {
            if std::mem::replace(&mut seen[at.index()], true) {
                continue;
            }
            queue.extend(self.pairs.neighbors_directed(at, Direction::Incoming));
        }
        self.places.iter().filter(|(_, at)| seen[at.index()]).map(|(node, _)| *node).collect()
    }

    /// The cycles that need none of the edges for which `keep` is false, each as the sorted list
    /// of its pairs. A pair alone is a cycle where an edge enters its stage again; an edge that
    /// stays sets nothing off anew.
    #[must_use]
    pub fn cycles(&self, keep: impl Fn(Why) -> bool) -> Vec<Vec<Node>> {
        let part = self
            .pairs
            .filter_map(|_, node| Some(*node), |_, (why, _, enters)| keep(*why).then_some(*enters));
        let mut found: Vec<Vec<Node>> = kosaraju_scc(&part)
            .into_iter()
            .filter(|group| group.len() > 1 || group.iter().any(|at| enters_itself(&part, *at)))
            .map(|group| {
                let mut nodes: Vec<Node> = group.into_iter().map(|at| part[at]).collect();
                nodes.sort_unstable();
                nodes
            })
            .collect();
        found.sort_unstable();
        found
    }
}

/// Finds all pairs that a case can be in.
pub(crate) fn reachable(protocol: &Protocol) -> Graph {
    let starts: Vec<Node> = beginnings(protocol);
    let mut pairs = DiGraph::new();
    let mut places = BTreeMap::new();
    let mut queue: VecDeque<Node> = VecDeque::new();
    for node in &starts {
        places.insert(*node, pairs.add_node(*node));
        queue.push_back(*node);
    }
    while let Some(node) = queue.pop_front() {
        for (to, way) in ways(protocol, node) {
            let target = *places.entry(to).or_insert_with(|| {
                queue.push_back(to);
                pairs.add_node(to)
            });
            pairs.add_edge(places[&node], target, way);
        }
    }
    Graph { pairs, places, starts }
}

fn beginnings(protocol: &Protocol) -> Vec<Node> {
    let first = std::iter::once(RungId(0));
    let placed = placed_above(protocol, RungId(0)).map(|(rung, _)| rung);
    let rungs: Vec<RungId> = first.chain(placed).collect();
    let of_intake = protocol.intake.iter().map(|it| it.start);
    let mut stages: Vec<StageId> = Vec::new();
    for stage in of_intake.chain(protocol.intake.is_empty().then_some(protocol.start)) {
        if !stages.contains(&stage) {
            stages.push(stage);
        }
    }
    let on = |stage| rungs.iter().map(move |rung| Node { stage, rung: *rung });
    stages.into_iter().flat_map(on).collect()
}

fn placed_above(protocol: &Protocol, rung: RungId) -> impl Iterator<Item = (RungId, RuleId)> {
    let above = protocol.ladder.iter().enumerate().skip(rung.index() + 1);
    above.filter(|(_, it)| it.start_when.is_some()).map(|(place, it)| (RungId::at(place), it.rule))
}

fn ways(protocol: &Protocol, node: Node) -> Vec<(Node, Way)> {
    let stage = &protocol.stages[node.stage.index()];
    let mut found = Vec::new();
    for transitions in &stage.on {
        for (branch, place) in transitions.branches.iter().zip(0u16..) {
            if let Some((to, enters)) = taken_by_event(protocol, node, branch) {
                found.push((to, (Why::Event(transitions.event, place), branch.rule, enters)));
            }
        }
    }
    for (after, place) in stage.after.iter().zip(0u16..) {
        let (to, enters) = moved(protocol, node, after.branch.escalate, after.branch.to);
        found.push((to, (Why::After(place), after.branch.rule, enters)));
    }
    for (place, deadline) in protocol.deadlines.iter().enumerate() {
        let outcome = &deadline.outcome;
        let moves = outcome.escalate.is_some() || matches!(outcome.to, To::Stage(_));
        let open_here = !stage.end || deadline.window || deadline.after_close;
        if moves && open_here {
            let (to, enters) = moved(protocol, node, outcome.escalate, outcome.to);
            found.push((to, (Why::Expiry(DeadlineId::at(place)), deadline.rule, enters)));
        }
    }
    if !stage.end {
        for (rung, rule) in placed_above(protocol, node.rung) {
            found.push((Node { rung, ..node }, (Why::Placed, rule, false)));
        }
    }
    found
}

/// On the last rung an event that goes up is refused.
fn taken_by_event(protocol: &Protocol, node: Node, branch: &Branch) -> Option<(Node, bool)> {
    let last = node.rung.index() + 1 >= protocol.ladder.len();
    if branch.escalate == Some(Escalate::Up) && last {
        return None;
    }
    Some(moved(protocol, node, branch.escalate, branch.to))
}

/// Where a move leads, and whether it enters a stage.
fn moved(protocol: &Protocol, node: Node, escalate: Option<Escalate>, to: To) -> (Node, bool) {
    let next = RungId::at(node.rung.index() + 1);
    let rung = match escalate {
        Some(Escalate::Up) if next.index() < protocol.ladder.len() => next,
        Some(Escalate::To(rung)) if rung > node.rung => rung,
        _ => node.rung,
    };
    let raised = rung > node.rung;
    let entered = protocol.ladder.get(rung.index()).and_then(|it| it.enter_at);
    let entered = match to {
        To::Stage(stage) => Some(stage),
        To::Unsaid => entered.filter(|_| raised),
        To::Same => None,
    };
    (Node { stage: entered.unwrap_or(node.stage), rung }, entered.is_some())
}

fn enters_itself(part: &DiGraph<Node, bool>, at: NodeIndex) -> bool {
    part.edges_connecting(at, at).any(|edge| *edge.weight())
}
