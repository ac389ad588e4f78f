//! Where a case can be, as far as conditions say that read nothing but the stage and the rung.

use std::collections::{BTreeSet, VecDeque};

use crate::machine::{Edge, Machine, Move, Node, Why};
use crate::model::Variable;
use crate::runtime::{Case, View};
use crate::script::{self, Expr};
use crate::text::Strings;

/// The pairs of stage and rung that a case can be in.
pub(crate) fn nodes(machine: &Machine) -> BTreeSet<Node> {
    let strings = machine.strings();
    let mut found: BTreeSet<Node> = machine.graph().starts().iter().copied().collect();
    let mut queue: VecDeque<Node> = found.iter().copied().collect();
    while let Some(node) = queue.pop_front() {
        for edge in machine.graph().leaving(node) {
            if is_possible(machine, &edge, &strings) && found.insert(edge.to) {
                queue.push_back(edge.to);
            }
        }
    }
    found
}

/// The moves of an event that may be chosen at a pair, in file order.
pub(crate) fn moves<'m>(
    machine: &'m Machine,
    node: Node,
    moves: &'m [Move],
    strings: &Strings,
) -> Vec<(u16, &'m Move)> {
    let mut found = Vec::new();
    for (place, candidate) in (0u16..).zip(moves) {
        let holds =
            candidate.guard.as_ref().map_or(Some(true), |it| known(machine, node, it, strings));
        if holds != Some(false) {
            found.push((place, candidate));
        }
        if holds == Some(true) {
            break;
        }
    }
    found
}

/// Whether an event could choose an edge, as far as its conditions say. Time always may.
pub(crate) fn is_possible(machine: &Machine, edge: &Edge, strings: &Strings) -> bool {
    match edge.why {
        Why::Event(event, place) => {
            let all = machine.moves(edge.from.stage, event);
            moves(machine, edge.from, all, strings).iter().any(|(at, _)| *at == place)
        }
        Why::After(_) | Why::Expiry(_) | Why::Placed => true,
    }
}

/// What a condition says at a pair, if it reads nothing else.
pub(crate) fn known(
    machine: &Machine,
    node: Node,
    guard: &Expr,
    strings: &Strings,
) -> Option<bool> {
    let variables = &machine.protocol.variables;
    let reads = script::reads(guard);
    let place_only = reads.iter().all(|id| {
        let variable = variables.get(usize::from(id.0));
        matches!(variable, Some(Variable::Stage | Variable::Rung))
    });
    if !place_only || !script::records_read(guard).is_empty() {
        return None;
    }
    let mut case = Case::new(machine);
    case.stage = node.stage;
    case.rung = node.rung;
    let view = View { machine, case: &case, event: None, strings };
    script::truth(guard, &view).ok()
}
