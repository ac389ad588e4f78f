//! From a machine to its picture.

use std::collections::{BTreeMap, BTreeSet};

use crate::machine::{Edge, Machine, Node, Why};
use crate::model::{DeadlineId, RungId, To};
use crate::picture::gather::{self, Lengthening};
use crate::picture::path::{self, Course, Taken, Wanted};
use crate::picture::reach::Reach;
use crate::picture::saying::Sayer;
use crate::picture::{Arrow, Band, Kind, Note, Picture, Place, Way};
use crate::runtime::Fact;
use crate::text::SourceSet;

/// The picture of a machine. `sources` are the files it was made from: conditions are shown as
/// they are written there. Everything is in file order, so the same protocol gives the same
/// picture.
#[must_use]
pub fn of(machine: &Machine, sources: &SourceSet, wanted: &Wanted<'_>) -> Picture {
    let path = wanted.path.map(|(title, outcome)| (title, (path::hops(outcome), None)));
    drawn(machine, sources, wanted.rung, path)
}

/// The picture of a machine with the way of one case marked, and where it stands. `facts` are those
/// that hold of it.
#[must_use]
pub fn of_case(
    machine: &Machine,
    sources: &SourceSet,
    rung: Option<RungId>,
    (title, facts): (&str, &[Fact]),
) -> Picture {
    drawn(machine, sources, rung, Some((title, path::hops_of(facts))))
}

fn drawn(
    machine: &Machine,
    sources: &SourceSet,
    rung: Option<RungId>,
    path: Option<(&str, Course)>,
) -> Picture {
    let sayer = Sayer { machine, sources, strings: machine.strings() };
    let reach = Reach::of(machine);
    let (title, way) = path.unzip();
    let taken = Taken::new(way.unwrap_or_default(), &reach.edges);
    let groups = gather::groups(&sayer, &reach);
    let said_once: BTreeSet<usize> = groups.iter().flatten().copied().collect();
    let mut draft = Draft::new(&sayer, &reach, &taken);
    for (at, edge) in reach.edges.iter().enumerate() {
        let numbers = taken.of_edge(at);
        if said_once.contains(&at) && numbers.is_empty() {
            continue;
        }
        draft.add(edge, numbers);
    }
    let mut notes: Vec<Note> =
        groups.iter().filter_map(|group| gather::note(&sayer, &reach, group)).collect();
    for lengthening in Lengthening::all(&sayer, &reach) {
        let note = lengthening.note(&sayer, &reach);
        draft.lengthen(&lengthening, note.is_some());
        notes.extend(note);
    }
    notes.extend(outcomes(&sayer, &reach));
    // What people do comes before what time does.
    notes.sort_by_key(|it| matches!(it.way.kind, Kind::Missed | Kind::Lapsed));
    let protocol = &machine.protocol;
    let picture = Picture {
        id: protocol.id.clone(),
        title: protocol.title.clone(),
        version: protocol.version.clone(),
        bands: bands(&sayer),
        places: draft.places,
        arrows: draft.arrows,
        notes,
        path: title.map(str::to_owned),
    };
    match rung {
        None => picture,
        Some(rung) => only(picture, rung),
    }
}

fn bands(sayer: &Sayer<'_>) -> Vec<Band> {
    let protocol = &sayer.machine.protocol;
    let band = |rung: &crate::model::Rung| Band {
        name: rung.name.clone(),
        title: rung.title.clone(),
        handler: protocol
            .roles
            .get(rung.handled_by.index())
            .map_or_else(String::new, |it| it.name.clone()),
        start_when: rung.start_when.as_ref().map(|it| sayer.condition(it)),
    };
    protocol.ladder.iter().map(band).collect()
}

struct Draft<'a> {
    sayer: &'a Sayer<'a>,
    reach: &'a Reach,
    taken: &'a Taken,
    nodes: BTreeMap<Node, usize>,
    places: Vec<Place>,
    arrows: Vec<Arrow>,
    between: BTreeMap<(usize, usize), usize>,
}

impl<'a> Draft<'a> {
    fn new(sayer: &'a Sayer<'a>, reach: &'a Reach, taken: &'a Taken) -> Self {
        let mut nodes: Vec<Node> = reach.places.iter().copied().collect();
        nodes.sort_by_key(|it| (it.rung, it.stage));
        let starts = sayer.machine.graph().starts();
        let places = nodes.iter().map(|node| {
            let stage = &sayer.machine.protocol.stages[node.stage.index()];
            let deadlines = &sayer.machine.protocol.deadlines;
            let paused = stage.pauses.iter().filter_map(|it| deadlines.get(it.deadline.index()));
            Place {
                name: stage.name.clone(),
                title: stage.title.clone(),
                band: node.rung.index(),
                owner: stage.owner.map(|it| sayer.doer(it, *node)),
                start: starts.contains(node),
                end: stage.end,
                outside: false,
                pauses: paused.map(|it| it.name.clone()).collect(),
                stays: Vec::new(),
                taken: taken.visits(*node),
            }
        });
        let places = places.collect();
        let nodes = nodes.into_iter().zip(0..).collect();
        let (arrows, between) = (Vec::new(), BTreeMap::new());
        Self { sayer, reach, taken, nodes, places, arrows, between }
    }

    fn add(&mut self, edge: &Edge, numbers: Vec<u32>) {
        let (Some(from), Some(to)) = (self.nodes.get(&edge.from), self.nodes.get(&edge.to)) else {
            return;
        };
        let (from, to) = (*from, *to);
        let way = Way { taken: numbers, ..self.sayer.way(self.reach, edge) };
        if from == to {
            if self.is_worth_saying(edge) {
                self.places[from].stays.push(way);
            }
            return;
        }
        let next = self.arrows.len();
        let at = *self.between.entry((from, to)).or_insert(next);
        if at == next {
            self.arrows.push(Arrow { from, to, ways: Vec::new() });
        }
        self.arrows[at].ways.push(way);
    }

    /// The running out of a deadline that leads nowhere is said once, not at each place.
    fn is_worth_saying(&self, edge: &Edge) -> bool {
        match edge.why {
            Why::Expiry(id) => {
                let outcome = &self.sayer.machine.protocol.deadlines[id.index()].outcome;
                matches!(outcome.to, To::Stage(_))
            }
            Why::Event(..) | Why::After(_) | Why::Placed => true,
        }
    }

    /// Adds an event that lengthens a deadline to the places where it may, or only to those where
    /// the path took it.
    fn lengthen(&mut self, it: &Lengthening, is_said_once: bool) {
        let deadline = &self.sayer.machine.protocol.deadlines[it.deadline.index()];
        let event = deadline.extend[it.place].on;
        for node in &it.nodes {
            let taken = self.taken.of_event(event, *node);
            let Some(at) = self.nodes.get(node) else { continue };
            if !is_said_once || !taken.is_empty() {
                let way = self.sayer.extension(it.deadline, it.place, *node);
                self.places[*at].stays.push(Way { taken, ..way });
            }
        }
    }
}

/// What follows when a deadline runs out that moves no case.
fn outcomes(sayer: &Sayer<'_>, reach: &Reach) -> Vec<Note> {
    let mut notes = Vec::new();
    for (place, deadline) in sayer.machine.protocol.deadlines.iter().enumerate() {
        let id = DeadlineId::at(place);
        let outcome = &deadline.outcome;
        let moves = outcome.escalate.is_some() || matches!(outcome.to, To::Stage(_));
        let nodes: BTreeSet<Node> =
            reach.places.iter().copied().filter(|it| reach.running.runs(id, *it)).collect();
        let Some(first) = nodes.first() else { continue };
        let is_silent = outcome.tells.is_empty() && outcome.sends.is_empty();
        if moves || is_silent {
            continue;
        }
        let from = gather::whence(sayer, reach, &nodes, None);
        notes.push(Note { from, way: sayer.missed(id, *first), to: None });
    }
    notes
}

/// The picture of one rung, with the places next to it.
fn only(mut picture: Picture, rung: RungId) -> Picture {
    let wanted = rung.index();
    let is_on = |place: usize| picture.places.get(place).is_some_and(|it| it.band == wanted);
    let mut arrows = picture.arrows.clone();
    arrows.retain(|it| is_on(it.from) || is_on(it.to));
    let next_to = |place: usize| arrows.iter().any(|it| it.from == place || it.to == place);
    let kept: Vec<usize> =
        (0..picture.places.len()).filter(|at| is_on(*at) || next_to(*at)).collect();
    let places: BTreeMap<usize, usize> = kept.iter().copied().zip(0..).collect();
    for arrow in &mut arrows {
        (arrow.from, arrow.to) = (places[&arrow.from], places[&arrow.to]);
    }
    let of_kept = kept.iter().map(|at| {
        let place = picture.places[*at].clone();
        Place { outside: place.band != wanted, ..place }
    });
    picture.places = of_kept.collect();
    picture.arrows = arrows;
    picture
}
