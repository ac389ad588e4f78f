//! What meets a duty can happen only after it was missed.

use std::collections::{BTreeSet, VecDeque};

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Diagnostics;
use crate::inspect::points::deadlines;
use crate::inspect::points::edges;
use crate::machine::{Edge, Machine, Node, Why};
use crate::model::{Deadline, DeadlineId, EventId, Point, Protocol};

pub(crate) const CODE: Code = Code::error("never-met-in-time");

/// How many ways are followed for all deadlines together; the deadlines beyond are not looked at.
const WAYS_MAX: usize = 2_000_000;

/// Reports every duty that starts where nothing can meet it until its own breach has moved the
/// case on.
pub(crate) fn never_met_in_time(machine: &Machine, out: &mut Diagnostics) {
    let protocol = &machine.protocol;
    let all: Vec<Edge> = edges(machine).collect();
    let n_looked_at = WAYS_MAX.checked_div(all.len()).unwrap_or(0);
    let moving = deadlines(protocol).filter(|(_, it)| !it.window && moves(it));
    for (id, deadline) in moving.take(n_looked_at) {
        let Some(starts) = starts(deadline, &all, machine) else { continue };
        let Some(met_by) = met_by(deadline, protocol) else { continue };
        if starts.is_empty() {
            continue;
        }
        let before = machine.graph().leads_to(|node| starts.contains(&node));
        let in_time = reached(&starts, id, machine);
        let meets = |edge: &Edge| met_by.iter().any(|point| brings(edge, *point, machine));
        let possible = |edge: &Edge| {
            let there = before.contains(&edge.from) || in_time.contains(&edge.from);
            there && edge.why != Why::Expiry(id) && meets(edge)
        };
        if all.iter().any(meets) && !all.iter().any(possible) {
            out.push(fault(deadline, &met_by, protocol));
        }
    }
}

fn moves(deadline: &Deadline) -> bool {
    deadline.outcome.escalate.is_some() || deadline.outcome.to != crate::model::To::Unsaid
}

/// Where a case is when the clock starts; `None` where that cannot be told from the graph.
fn starts(deadline: &Deadline, all: &[Edge], machine: &Machine) -> Option<BTreeSet<Node>> {
    let mut found = BTreeSet::new();
    for point in deadline.starts.iter().chain(&deadline.restarts) {
        match point {
            Point::Event(EventId::OPENED) => found.extend(machine.graph().starts()),
            Point::Stage(stage) => found.extend(machine.graph().nodes_of(*stage)),
            Point::Event(_) | Point::Letter(_) | Point::Escalated | Point::Rung(_) => {
                let brought = all.iter().filter(|edge| brings(edge, *point, machine));
                found.extend(brought.map(|edge| edge.to));
            }
            _ => return None,
        }
    }
    let by_time =
        |point: &Point| matches!(point, Point::Letter(it) if by_clock(*it, &machine.protocol));
    (!deadline.starts.iter().any(by_time)).then_some(found)
}

/// The points that meet it; `None` where one of them may come without a way being taken.
fn met_by(deadline: &Deadline, protocol: &Protocol) -> Option<Vec<Point>> {
    let certain = |point: Point| match point {
        Point::Event(event) => {
            let mut extending = protocol.deadlines.iter().flat_map(|it| &it.extend);
            event != EventId::OPENED && !extending.any(|it| it.on == event)
        }
        Point::Letter(letter) => !by_clock(letter, protocol),
        Point::Stage(_) => true,
        _ => false,
    };
    let points: Vec<Point> = deadline.met_by.iter().map(|it| it.on).collect();
    points.iter().all(|it| certain(*it)).then_some(points)
}

fn by_clock(letter: crate::model::LetterId, protocol: &Protocol) -> bool {
    protocol.deadlines.iter().any(|it| {
        let extending = it.extend.iter().flat_map(|it| &it.sends);
        it.outcome.sends.contains(&letter) || extending.into_iter().any(|it| *it == letter)
    })
}

fn brings(edge: &Edge, point: Point, machine: &Machine) -> bool {
    match point {
        Point::Event(event) => matches!(edge.why, Why::Event(it, _) if it == event),
        Point::Letter(letter) => {
            machine.branch_of(edge).is_some_and(|branch| branch.sends.contains(&letter))
        }
        Point::Stage(stage) => edge.to.stage == stage,
        Point::Escalated => edge.to.rung > edge.from.rung,
        Point::Rung(rung) => edge.to.rung == rung && edge.from.rung < rung,
        _ => false,
    }
}

/// The pairs that a case can be in from there on until the clock runs out.
fn reached(starts: &BTreeSet<Node>, clock: DeadlineId, machine: &Machine) -> BTreeSet<Node> {
    let mut seen = starts.clone();
    let mut open: VecDeque<Node> = starts.iter().copied().collect();
    while let Some(from) = open.pop_front() {
        for edge in machine.graph().leaving(from) {
            if edge.why != Why::Expiry(clock) && seen.insert(edge.to) {
                open.push_back(edge.to);
            }
        }
    }
    seen
}

fn fault(deadline: &Deadline, met_by: &[Point], protocol: &Protocol) -> Diagnostic {
    let names: Vec<String> =
        met_by.iter().map(|it| format!("`{}`", protocol.point_name(*it))).collect();
    let message = format!("deadline `{}` can be met only after it was missed", deadline.name);
    let span = protocol.rule(deadline.rule).span;
    let label = format!("its breach leads to where {} can happen", names.join(", "));
    Diagnostic::new(CODE, message, span, label)
        .help("allow what meets it in the stage where the clock runs, or start the clock later")
}
