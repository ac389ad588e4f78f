//! Which points can happen at all, on some way a case may take.

use std::collections::BTreeSet;

use crate::machine::{Edge, Machine, Why};
use crate::model::{Branch, Deadline, DeadlineId, EventId, LetterId, Point, Protocol, RungId};
use crate::time::Allowance;

/// What can happen in some case.
#[derive(Debug, Default)]
pub(crate) struct Happening {
    points: BTreeSet<Point>,
}

impl Happening {
    /// Follows every way a case can take, and every clock that can start on it.
    pub(crate) fn of(machine: &Machine) -> Self {
        let mut points = BTreeSet::new();
        let protocol = &machine.protocol;
        for edge in edges(machine) {
            of_edge(&edge, machine, &mut points);
        }
        points.insert(Point::Event(EventId::OPENED));
        points.extend(machine.graph().starts().iter().map(|node| Point::Stage(node.stage)));
        // Any field may come with the opening or by a correction.
        let dates = (0..protocol.fields.len()).map(crate::model::FieldId::at).map(Point::Date);
        points.extend(dates);
        for branch in reachable_branches(machine) {
            points.extend(branch.sends.iter().map(|letter| Point::Letter(*letter)));
        }
        for event in allowed_events(machine) {
            points.insert(Point::Event(event));
        }
        let mut before = 0;
        while points.len() > before {
            before = points.len();
            for (id, deadline) in deadlines(protocol) {
                of_clock(id, deadline, &mut points);
            }
        }
        Self { points }
    }

    /// Whether the point happens in some case.
    pub(crate) fn contains(&self, point: Point) -> bool {
        self.points.contains(&point)
    }
}

/// All deadlines with their numbers.
pub(crate) fn deadlines(protocol: &Protocol) -> impl Iterator<Item = (DeadlineId, &Deadline)> {
    protocol.deadlines.iter().enumerate().map(|(at, deadline)| (DeadlineId::at(at), deadline))
}

/// All edges of the graph.
pub(crate) fn edges(machine: &Machine) -> impl Iterator<Item = Edge> {
    machine.graph().nodes().flat_map(|node| machine.graph().leaving(node))
}

/// The branches of all stages that can be entered, those included that are refused on the last
/// rung of some of them.
fn reachable_branches(machine: &Machine) -> impl Iterator<Item = &Branch> {
    let stages = machine.protocol.stages.iter().enumerate();
    let reached = stages.filter(|(at, _)| machine.graph().reaches(crate::model::StageId::at(*at)));
    reached.flat_map(|(_, stage)| {
        let by_event = stage.on.iter().flat_map(|it| &it.branches);
        by_event.chain(stage.after.iter().map(|it| &it.branch))
    })
}

/// The events that some reachable stage allows, or that extend some clock.
pub(crate) fn allowed_events(machine: &Machine) -> BTreeSet<EventId> {
    let protocol = &machine.protocol;
    let stages = protocol.stages.iter().enumerate();
    let reached = stages.filter(|(at, _)| machine.graph().reaches(crate::model::StageId::at(*at)));
    let in_stages = reached.flat_map(|(_, stage)| stage.on.iter().map(|it| it.event));
    let extending = protocol.deadlines.iter().flat_map(|it| it.extend.iter().map(|it| it.on));
    let unnamed = protocol
        .events
        .iter()
        .enumerate()
        .filter(|(_, event)| event.built_in.is_some_and(|it| it.is_taken_unnamed(false)));
    let unnamed = unnamed.map(|(at, _)| EventId::at(at));
    in_stages.chain(extending).chain(unnamed).collect()
}

/// Whether an edge goes up the ladder by escalation.
pub(crate) fn escalates(edge: &Edge) -> bool {
    edge.why != Why::Placed && edge.to.rung > edge.from.rung
}

fn of_edge(edge: &Edge, machine: &Machine, points: &mut BTreeSet<Point>) {
    points.insert(Point::Stage(edge.to.stage));
    if escalates(edge) {
        points.insert(Point::Escalated);
        // Each rung on the way counts as passed only where the case stops.
        let RungId(rung) = edge.to.rung;
        points.insert(Point::Rung(RungId(rung)));
    }
    let from = machine.protocol.stages.get(edge.from.stage.index());
    if from.is_some_and(|stage| stage.end) && edge.from.stage != edge.to.stage {
        points.insert(Point::Reopened);
    }
    if from.is_some_and(|stage| stage.end) && matches!(edge.why, Why::Event(..)) {
        points.insert(Point::Reopened);
    }
}

fn of_clock(id: DeadlineId, deadline: &Deadline, points: &mut BTreeSet<Point>) {
    let started = |points: &BTreeSet<Point>| {
        deadline.starts.iter().chain(&deadline.restarts).any(|point| points.contains(point))
    };
    if !started(points) {
        return;
    }
    if deadline.met_by.iter().any(|met| points.contains(&met.on)) {
        points.insert(Point::Met(id));
    }
    let counted = |allowance: &Allowance| *allowance != Allowance::Promptly;
    let ends =
        deadline.due.is_some() || deadline.alternatives.iter().any(|it| counted(&it.allowance));
    if ends {
        points.insert(if deadline.window { Point::Lapse(id) } else { Point::Breach(id) });
        points.extend(letters(&deadline.outcome.sends));
    }
    for extension in &deadline.extend {
        points.insert(Point::Extended(id));
        points.extend(letters(&extension.sends));
    }
}

fn letters(sends: &[LetterId]) -> impl Iterator<Item = Point> {
    sends.iter().map(|letter| Point::Letter(*letter))
}
