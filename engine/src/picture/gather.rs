//! What happens in many places in the same way is said once.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use crate::machine::{Edge, Node, Why};
use crate::model::{DeadlineId, Doer, RungId, StageId};
use crate::picture::reach::Reach;
use crate::picture::saying::Sayer;
use crate::picture::{Note, Way};

/// From so many stages on the same thing becomes a note.
const STAGES_MIN: usize = 3;

/// Where an edge leads, as seen from where it comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Target {
    Stays,
    Up(RungId),
    Stage(StageId),
    StageUp(StageId, RungId),
}

fn target(edge: &Edge) -> Target {
    match (edge.to.stage == edge.from.stage, edge.to.rung == edge.from.rung) {
        (true, true) => Target::Stays,
        (true, false) => Target::Up(edge.to.rung),
        (false, true) => Target::Stage(edge.to.stage),
        (false, false) => Target::StageUp(edge.to.stage, edge.to.rung),
    }
}

/// The places in `reach.edges` of each group that is said once.
pub(crate) fn groups(sayer: &Sayer<'_>, reach: &Reach) -> Vec<Vec<usize>> {
    let mut groups: BTreeMap<(&str, Why, Target), Vec<usize>> = BTreeMap::new();
    for (at, edge) in reach.edges.iter().enumerate() {
        groups.entry((sayer.rule(edge.rule), edge.why, target(edge))).or_default().push(at);
    }
    let is_said_once = |group: &Vec<usize>| {
        let stages: BTreeSet<StageId> =
            group.iter().map(|at| reach.edges[*at].from.stage).collect();
        let is_placed = group.iter().any(|at| reach.edges[*at].why == Why::Placed);
        is_placed || stages.len() >= STAGES_MIN
    };
    let mut found: Vec<Vec<usize>> = groups.into_values().filter(is_said_once).collect();
    found.sort_by_key(|group| group.first().map(|at| reach.edges[*at].rule));
    found
}

/// A group as one note.
pub(crate) fn note(sayer: &Sayer<'_>, reach: &Reach, group: &[usize]) -> Option<Note> {
    let edges: Vec<&Edge> = group.iter().map(|at| &reach.edges[*at]).collect();
    let first = *edges.first()?;
    let ways: Vec<Way> = edges.iter().map(|it| sayer.way(reach, it)).collect();
    let mut way = ways.first()?.clone();
    if ways.iter().any(|it| it.who != way.who) {
        way.who = general(sayer, first);
    }
    if ways.iter().any(|it| it.when != way.when) {
        way.when = None;
    }
    for within in ways.iter().flat_map(|it| &it.within) {
        if !way.within.iter().any(|it| it.deadline == within.deadline) {
            way.within.push(within.clone());
        }
    }
    let nodes: BTreeSet<Node> = edges.iter().map(|it| it.from).collect();
    let rung = |id: RungId| sayer.machine.protocol.ladder[id.index()].name.as_str();
    let stage = |id: StageId| sayer.machine.protocol.stages[id.index()].name.as_str();
    let to = match target(first) {
        Target::Stays => None,
        Target::Up(up) => Some(format!("the same stage on {}", rung(up))),
        Target::Stage(to) => Some(stage(to).to_owned()),
        Target::StageUp(to, up) => Some(format!("{} on {}", stage(to), rung(up))),
    };
    let goal = matches!(target(first), Target::Stage(_)).then_some(first.to.stage);
    Some(Note { from: whence(sayer, reach, &nodes, goal), way, to })
}

/// An event that lengthens a deadline, and where it may.
pub(crate) struct Lengthening {
    pub deadline: DeadlineId,
    pub place: usize,
    pub nodes: BTreeSet<Node>,
}

impl Lengthening {
    /// All of a protocol, where the event is no transition anyway.
    pub(crate) fn all(sayer: &Sayer<'_>, reach: &Reach) -> Vec<Self> {
        let protocol = &sayer.machine.protocol;
        let mut found = Vec::new();
        for (at, it) in protocol.deadlines.iter().enumerate() {
            let deadline = DeadlineId::at(at);
            for (place, extension) in it.extend.iter().enumerate() {
                let is_free = |node: &Node| {
                    let on = &protocol.stages[node.stage.index()].on;
                    reach.running.runs(deadline, *node)
                        && on.iter().all(|it| it.event != extension.on)
                };
                let nodes = reach.places.iter().copied().filter(is_free).collect();
                found.push(Self { deadline, place, nodes });
            }
        }
        found
    }

    /// As one note, where it is possible in many stages.
    pub(crate) fn note(&self, sayer: &Sayer<'_>, reach: &Reach) -> Option<Note> {
        let stages: BTreeSet<StageId> = self.nodes.iter().map(|it| it.stage).collect();
        if stages.len() < STAGES_MIN {
            return None;
        }
        let mut way = sayer.extension(self.deadline, self.place, *self.nodes.first()?);
        let protocol = &sayer.machine.protocol;
        let event = protocol.deadlines[self.deadline.index()].extend[self.place].on;
        way.who = in_general(sayer, &protocol.events[event.index()].by);
        Some(Note { from: whence(sayer, reach, &self.nodes, None), way, to: None })
    }
}

/// Whose act it is or whose duty, without saying who that is on which rung.
fn general(sayer: &Sayer<'_>, edge: &Edge) -> Vec<String> {
    let protocol = &sayer.machine.protocol;
    let doers: Vec<Doer> = match edge.why {
        Why::Event(event, _) => protocol.events[event.index()].by.clone(),
        Why::Expiry(id) => protocol.deadlines[id.index()].who.into_iter().collect(),
        Why::After(_) | Why::Placed => Vec::new(),
    };
    in_general(sayer, &doers)
}

fn in_general(sayer: &Sayer<'_>, doers: &[Doer]) -> Vec<String> {
    let said = doers.iter().map(|doer| match doer {
        Doer::Party(party) => sayer.machine.protocol.party_name(*party).to_owned(),
        Doer::Handler => "the handler".to_owned(),
        Doer::Owner => "the owner".to_owned(),
    });
    said.collect()
}

/// Where something holds, in words. `goal` is the stage it leads to, where it need not hold.
pub(crate) fn whence(
    sayer: &Sayer<'_>,
    reach: &Reach,
    nodes: &BTreeSet<Node>,
    goal: Option<StageId>,
) -> String {
    let ladder = &sayer.machine.protocol.ladder;
    let stages: BTreeSet<StageId> = nodes.iter().map(|it| it.stage).collect();
    let mut everywhere = reach.places.iter().filter(|it| stages.contains(&it.stage));
    if ladder.is_empty() || everywhere.all(|it| nodes.contains(it)) {
        let there = reach.places.iter().map(|it| it.stage).filter(|it| Some(*it) != goal);
        return listed(sayer, &stages, &there.collect());
    }
    let mut said: Vec<(String, Vec<&str>)> = Vec::new();
    for (place, rung) in ladder.iter().enumerate() {
        let on = |it: &&Node| it.rung == RungId::at(place);
        let stages: BTreeSet<StageId> = nodes.iter().filter(on).map(|it| it.stage).collect();
        if stages.is_empty() {
            continue;
        }
        let there = reach.places.iter().filter(on).map(|it| it.stage);
        let text = listed(sayer, &stages, &there.filter(|it| Some(*it) != goal).collect());
        match said.iter_mut().find(|it| it.0 == text) {
            Some((_, rungs)) => rungs.push(&rung.name),
            None => said.push((text, vec![&rung.name])),
        }
    }
    let parts = said.iter().map(|(text, rungs)| format!("{text} on {}", rungs.join(", ")));
    parts.collect::<Vec<_>>().join(", or ")
}

/// Some of the stages that are there, in words.
fn listed(sayer: &Sayer<'_>, stages: &BTreeSet<StageId>, there: &BTreeSet<StageId>) -> String {
    let protocol = &sayer.machine.protocol;
    let is_open = |it: &&StageId| !protocol.stages[it.index()].end;
    let open: BTreeSet<StageId> = there.iter().filter(is_open).copied().collect();
    if open == *stages {
        return "every open stage".to_owned();
    }
    if there.is_subset(stages) {
        return "every stage".to_owned();
    }
    let names = stages.iter().map(|it| protocol.stages[it.index()].name.as_str());
    names.collect::<Vec<_>>().join(", ")
}
