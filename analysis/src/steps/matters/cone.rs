//! Where in the procedure a guarantee can still be begun, or broken: what lies beyond is of no
//! interest, for nothing that happens there changes what is said of it.

use std::collections::BTreeSet;

use engine::machine::{Machine, Move, Node, Operation};
use engine::model::{BuiltIn, EventId, Guarantee, GuaranteeId, LetterId, Point, Promise, StageId};
use engine::runtime::{Case, PromiseState};

/// The places that are of interest.
#[derive(Clone, Debug, Default)]
pub(super) struct Cone {
    /// The guarantee that is watched.
    watched: Option<GuaranteeId>,
    /// Whether it is settled once for all when it is kept.
    once: bool,
    /// The places where it can still be begun, or broken if it is always open; `None` where every
    /// place is of interest.
    places: Option<BTreeSet<Node>>,
    /// The places that are of interest too while it is open.
    open: BTreeSet<Node>,
}

impl Cone {
    /// The places at which a guarantee can still be begun, or is open and can be broken. Every place
    /// where nothing is watched, or where something is asked of all of them.
    pub(super) fn of(machine: &Machine, id: Option<GuaranteeId>) -> Self {
        let watched = id.and_then(|id| Some((id, machine.protocol.guarantees.get(id.index())?)));
        let Some((id, guarantee)) = watched else { return Self::default() };
        let all: Vec<Node> = machine.graph().nodes().collect();
        let reaches = |points: &[Point]| -> BTreeSet<Node> {
            let is_there = |node| points.iter().any(|it| may_happen(machine, node, *it));
            machine.graph().leads_to(is_there).into_iter().collect()
        };
        let (once, places, open) = match &guarantee.promise {
            Promise::Within { from, .. } => {
                (false, reaches(from), open(machine, &all, guarantee, from))
            }
            Promise::TooSoon { never, from, .. } => {
                let open = open(machine, &all, guarantee, from);
                (false, reaches(from), &open & &reaches(never))
            }
            Promise::Before { never, .. }
            | Promise::While { never, .. }
            | Promise::AtMost { never, .. } => (true, reaches(never), BTreeSet::new()),
            Promise::Possible { .. } | Promise::Reachable { .. } => return Self::default(),
        };
        Self { watched: Some(id), once, places: Some(places), open }
    }

    /// Whether a stage is of interest on some rung.
    pub(super) fn has_stage(&self, machine: &Machine, stage: StageId) -> bool {
        let Some(places) = &self.places else { return true };
        let mut nodes = machine.graph().nodes_of(stage);
        nodes.any(|it| places.contains(&it) || self.open.contains(&it))
    }

    /// Whether what becomes of a case is of interest.
    pub(super) fn has(&self, case: &Case) -> bool {
        if case.opened_at.is_none() {
            return true;
        }
        let Some(places) = &self.places else { return true };
        let state = self.watched.and_then(|id| case.promise(id)).map(|it| it.state);
        let is_open = state == Some(PromiseState::Open);
        let node = Node { stage: case.stage, rung: case.rung };
        let is_settled = self.once && state.is_some() && !is_open;
        !is_settled && (places.contains(&node) || (is_open && self.open.contains(&node)))
    }
}

/// The places at which a guarantee with a term may be open.
fn open(machine: &Machine, all: &[Node], guarantee: &Guarantee, from: &[Point]) -> BTreeSet<Node> {
    let graph = machine.graph();
    // Whoever enters one of these stages ends it.
    let ends = |stage: StageId| guarantee.unless.contains(&Point::Stage(stage));
    let may_begin_it = |it: &Point| match *it {
        Point::Event(event) => event == EventId::OPENED,
        Point::Stage(stage) => graph.starts().iter().any(|it| it.stage == stage),
        Point::Date(_) | Point::Met(_) => true,
        _ => false,
    };
    let mut open: BTreeSet<Node> = BTreeSet::new();
    if from.iter().any(may_begin_it) {
        open.extend(graph.starts().iter().filter(|it| !ends(it.stage)));
    }
    open.extend(all.iter().filter(|node| from.iter().any(|it| may_happen(machine, **node, *it))));
    let mut queue: Vec<Node> = open.iter().copied().collect();
    while let Some(node) = queue.pop() {
        for edge in graph.leaving(node) {
            let stays = edge.to.stage == node.stage;
            if (stays || !ends(edge.to.stage)) && open.insert(edge.to) {
                queue.push(edge.to);
            }
        }
    }
    open
}

/// Whether a point may happen in a decision that is made at a place.
fn may_happen(machine: &Machine, node: Node, point: Point) -> bool {
    let leads =
        |is: &dyn Fn(Node) -> bool| machine.graph().leaving(node).into_iter().any(|it| is(it.to));
    match point {
        Point::Event(event) => may_be_taken(machine, node.stage, event),
        Point::Letter(letter) => may_be_sent(machine, node.stage, letter),
        Point::Stage(stage) => leads(&|to| to.stage == stage),
        Point::Rung(rung) => leads(&|to| to.rung == rung && rung != node.rung),
        Point::Escalated => leads(&|to: Node| to.rung != node.rung),
        Point::Reopened
        | Point::Met(_)
        | Point::Breach(_)
        | Point::Lapse(_)
        | Point::Extended(_)
        | Point::Date(_) => true,
    }
}

fn may_be_taken(machine: &Machine, stage: StageId, event: EventId) -> bool {
    let protocol = &machine.protocol;
    let named = |event| !machine.moves(stage, event).is_empty();
    if event == EventId::OPENED {
        let events = protocol.events.iter().enumerate();
        let mut converts = events.filter(|(_, it)| it.built_in == Some(BuiltIn::Converted));
        return converts.any(|(at, _)| named(EventId::at(at)));
    }
    let built_in = protocol.events.get(event.index()).is_none_or(|it| it.built_in.is_some());
    built_in || named(event) || !machine.extensions(event).is_empty()
}

fn may_be_sent(machine: &Machine, stage: StageId, letter: LetterId) -> bool {
    let protocol = &machine.protocol;
    let sends = |it: &Move| it.operations.contains(&Operation::Send(letter));
    let mut events = (0..protocol.events.len()).map(EventId::at);
    events.any(|it| machine.moves(stage, it).iter().any(sends))
        || machine.afters(stage).iter().any(sends)
        || protocol.deadlines.iter().any(|it| {
            it.outcome.sends.contains(&letter)
                || it.extend.iter().any(|it| it.sends.contains(&letter))
        })
}
