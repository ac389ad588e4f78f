//! Where the clock of a deadline can run: a sound guess that errs towards running.

use std::collections::BTreeSet;

use crate::machine::{Edge, Machine, Node, Why};
use crate::model::{Deadline, DeadlineId, EventId, LetterId, Outcome, Point, Protocol, To};

/// Where each clock can run.
pub(crate) struct Running {
    at: Vec<BTreeSet<Node>>,
}

impl Running {
    /// Follows each clock from where it starts to where it is met or not owed any more. A clock
    /// may be set off by the running out of another, so this goes on until nothing is new.
    pub(crate) fn of(machine: &Machine, places: &BTreeSet<Node>, edges: &[Edge]) -> Self {
        let protocol = &machine.protocol;
        let points: Vec<Vec<Point>> = edges.iter().map(|it| points(machine, it)).collect();
        let mut this = Self { at: vec![BTreeSet::new(); protocol.deadlines.len()] };
        let mut is_new = true;
        while is_new {
            is_new = false;
            for (place, deadline) in protocol.deadlines.iter().enumerate() {
                let mut found = this.started(machine, places, deadline);
                let ways = edges.iter().zip(&points).filter(|(edge, _)| this.may_take(edge));
                let ways: Vec<(&Edge, &[Point])> =
                    ways.map(|(edge, points)| (edge, points.as_slice())).collect();
                for (edge, points) in &ways {
                    if points.iter().any(|it| starts(deadline, *it)) {
                        found.insert(edge.to);
                    }
                }
                follow(protocol, deadline, &ways, &mut found);
                found.retain(|node| outlives(protocol, deadline, *node));
                is_new |= found.len() > this.at[place].len();
                this.at[place] = found;
            }
        }
        this
    }

    /// A deadline runs out only where its clock can run.
    fn may_take(&self, edge: &Edge) -> bool {
        match edge.why {
            Why::Expiry(deadline) => self.runs(deadline, edge.from),
            Why::Event(..) | Why::After(_) | Why::Placed => true,
        }
    }

    /// Whether the clock of a deadline can run at a pair.
    pub(crate) fn runs(&self, deadline: DeadlineId, node: Node) -> bool {
        self.at.get(deadline.index()).is_some_and(|it| it.contains(&node))
    }

    /// Where something sets the clock off that is no edge of the graph.
    fn started(
        &self,
        machine: &Machine,
        places: &BTreeSet<Node>,
        deadline: &Deadline,
    ) -> BTreeSet<Node> {
        let protocol = &machine.protocol;
        let mut found = BTreeSet::new();
        for point in deadline.starts.iter().chain(&deadline.restarts) {
            match *point {
                Point::Event(EventId::OPENED) => found.extend(machine.graph().starts()),
                Point::Stage(stage) if stage == protocol.start => {
                    found.extend(machine.graph().starts());
                }
                Point::Breach(id) | Point::Lapse(id) | Point::Extended(id) => {
                    found.extend(&self.at[id.index()]);
                }
                Point::Letter(letter) => {
                    for (clock, at) in protocol.deadlines.iter().zip(&self.at) {
                        if sends(clock, letter) {
                            found.extend(at);
                        }
                    }
                }
                Point::Event(event) if is_extension(protocol, event) => found.extend(places),
                Point::Met(_) | Point::Date(_) => found.extend(places),
                Point::Event(_)
                | Point::Stage(_)
                | Point::Rung(_)
                | Point::Escalated
                | Point::Reopened => {}
            }
        }
        found
    }
}

fn is_extension(protocol: &Protocol, event: EventId) -> bool {
    protocol.deadlines.iter().flat_map(|it| &it.extend).any(|it| it.on == event)
}

fn sends(deadline: &Deadline, letter: LetterId) -> bool {
    let extended = deadline.extend.iter().flat_map(|it| &it.sends);
    deadline.outcome.sends.iter().chain(extended).any(|it| *it == letter)
}

fn starts(deadline: &Deadline, point: Point) -> bool {
    deadline.starts.contains(&point) || deadline.restarts.contains(&point)
}

/// Whether something happens on this edge that surely ends the clock.
fn ends(deadline: &Deadline, points: &[Point]) -> bool {
    let met = |it: &Point| {
        deadline.every.is_none()
            && deadline.met_by.iter().any(|met| met.when.is_none() && met.on == *it)
    };
    let until = |it: &Point| deadline.every.iter().any(|every| every.until.contains(it));
    points.iter().any(|it| met(it) || until(it) || deadline.cancelled_by.contains(it))
}

fn outlives(protocol: &Protocol, deadline: &Deadline, node: Node) -> bool {
    let is_end = protocol.stages.get(node.stage.index()).is_some_and(|it| it.end);
    !is_end || deadline.window || deadline.after_close
}

fn follow(
    protocol: &Protocol,
    deadline: &Deadline,
    ways: &[(&Edge, &[Point])],
    found: &mut BTreeSet<Node>,
) {
    let mut n_before = 0;
    while found.len() > n_before {
        n_before = found.len();
        for (edge, points) in ways {
            let runs = found.contains(&edge.from) && outlives(protocol, deadline, edge.from);
            if runs && !ends(deadline, points) {
                found.insert(edge.to);
            }
        }
    }
}

/// What happens on an edge.
pub(crate) fn points(machine: &Machine, edge: &Edge) -> Vec<Point> {
    let protocol = &machine.protocol;
    let mut found = Vec::new();
    let mut letters: &[LetterId] = &[];
    let mut to = To::Unsaid;
    match edge.why {
        Why::Event(event, _) => found.push(Point::Event(event)),
        Why::Expiry(id) => {
            let Deadline { window, outcome, .. } = &protocol.deadlines[id.index()];
            let Outcome { sends, to: target, .. } = outcome;
            found.push(if *window { Point::Lapse(id) } else { Point::Breach(id) });
            (letters, to) = (sends, *target);
        }
        Why::After(_) | Why::Placed => {}
    }
    if let Some(branch) = machine.branch_of(edge) {
        (letters, to) = (&branch.sends, branch.to);
    }
    found.extend(letters.iter().map(|it| Point::Letter(*it)));
    let is_raised = edge.why != Why::Placed && edge.to.rung > edge.from.rung;
    if is_raised {
        found.extend([Point::Escalated, Point::Rung(edge.to.rung)]);
    }
    let enters_again =
        matches!(to, To::Stage(_)) || (is_raised && to == To::Unsaid && enters(protocol, edge.to));
    if edge.to.stage != edge.from.stage || enters_again {
        found.push(Point::Stage(edge.to.stage));
    }
    let was_end = protocol.stages.get(edge.from.stage.index()).is_some_and(|it| it.end);
    if was_end && matches!(edge.why, Why::Event(..)) {
        found.push(Point::Reopened);
    }
    found
}

fn enters(protocol: &Protocol, node: Node) -> bool {
    protocol.ladder.get(node.rung.index()).is_some_and(|it| it.enter_at == Some(node.stage))
}
