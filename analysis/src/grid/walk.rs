//! The situations that were met, and what was seen on the way to them.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use engine::machine::Machine;
use engine::model::Point;
use engine::runtime::{Case, Event};
use engine::time::Instant;

use super::course::End;
use super::goal::Goal;
use super::key::Key;
use super::ways::Ways;

/// Everything met so far.
pub(super) struct Walk<'m> {
    nodes: Vec<Node>,
    /// The situations that are still to be looked at, by instant.
    layers: BTreeMap<Instant, BTreeMap<Key, usize>>,
    pub(super) watched: Vec<Watched<'m>>,
}

/// A goal and what was seen of it.
pub(super) struct Watched<'m> {
    pub(super) goal: Goal,
    /// What there must be a way to, where it asks for one.
    pub(super) points: Option<&'m [Point]>,
    pub(super) ways: Option<Ways>,
    pub(super) broken: Option<Witness>,
    pub(super) worst: Option<Witness>,
    /// How many days the worst took.
    pub(super) days: Option<u32>,
}

/// A situation, and how it came about first.
struct Node {
    /// Dropped once everything that follows from it is known.
    case: Option<Box<Case>>,
    at: Instant,
    before: Option<usize>,
    event: Option<Box<Event>>,
}

/// A step at which a goal was seen: from a situation, by an event or by time.
#[derive(Clone)]
pub(super) struct Witness {
    pub(super) node: usize,
    pub(super) event: Option<Event>,
    pub(super) end: End,
}

impl<'m> Walk<'m> {
    pub(super) fn new(machine: &'m Machine, goals: &[Goal]) -> Self {
        let watched = goals.iter().map(|goal| {
            let points = goal.reachable(machine);
            let ways = points.map(|_| Ways::default());
            Watched { goal: *goal, points, ways, broken: None, worst: None, days: None }
        });
        Self { nodes: Vec::new(), layers: BTreeMap::new(), watched: watched.collect() }
    }

    /// How many situations there are.
    pub(super) fn len(&self) -> usize {
        self.nodes.len()
    }

    /// The case before anything has happened, to which nothing comes back.
    pub(super) fn root(&mut self, case: Case) -> usize {
        let case = Some(Box::new(case));
        let root = self.add(Node { case, at: Instant::MIN, before: None, event: None });
        self.cut(root);
        root
    }

    fn add(&mut self, node: Node) -> usize {
        self.nodes.push(node);
        self.nodes.len() - 1
    }

    /// The case of a situation that is not done with.
    pub(super) fn case(&self, node: usize) -> Option<&Case> {
        self.nodes.get(node)?.case.as_deref()
    }

    /// The earliest instant that is left, and the situations at it.
    pub(super) fn earliest(&self) -> Option<(Instant, Vec<usize>)> {
        let (at, layer) = self.layers.first_key_value()?;
        Some((*at, layer.values().copied().collect()))
    }

    /// Everything at an instant is done with.
    pub(super) fn leave(&mut self, at: Instant) {
        self.layers.remove(&at);
    }

    /// Everything that follows from a situation is known.
    pub(super) fn done(&mut self, node: usize) {
        self.nodes.get_mut(node).into_iter().for_each(|it| it.case = None);
    }

    /// The case is in a situation at an instant: its place, if nobody has been there.
    pub(super) fn meet(
        &mut self,
        at: Instant,
        key: Key,
        case: Case,
        witness: Witness,
    ) -> Option<usize> {
        let fresh = self.nodes.len();
        let place = match self.layers.entry(at).or_default().entry(key) {
            Entry::Occupied(known) => *known.get(),
            Entry::Vacant(free) => *free.insert(fresh),
        };
        let ways = self.watched.iter_mut().filter_map(|it| it.ways.as_mut());
        ways.for_each(|it| it.step(witness.node, place));
        if place != fresh {
            return None;
        }
        let event = witness.event.map(Box::new);
        Some(self.add(Node { case: Some(Box::new(case)), at, before: Some(witness.node), event }))
    }

    /// What comes after a situation, or some of it, is not looked at.
    pub(super) fn cut(&mut self, node: usize) {
        let ways = self.watched.iter_mut().filter_map(|it| it.ways.as_mut());
        ways.for_each(|it| it.able(node));
    }

    /// A case that is in a stage need not enter it again.
    pub(super) fn arrived(&mut self, node: usize) {
        let Some(stage) = self.case(node).map(|it| it.stage) else { return };
        for watched in &mut self.watched {
            let is_there = watched.points.is_some_and(|it| it.contains(&Point::Stage(stage)));
            watched.ways.iter_mut().filter(|_| is_there).for_each(|it| it.able(node));
        }
    }

    /// Where there is no way to what there must be a way to.
    pub(super) fn find_stuck(&mut self) {
        for watched in &mut self.watched {
            let stuck = watched.ways.as_ref().and_then(|it| it.stuck(self.nodes.len()));
            let Some(node) = stuck else { continue };
            let Some(at) = self.nodes.get(node).map(|it| it.at) else { continue };
            let end = End { until: at, at, begun: None };
            watched.broken = Some(Witness { node, event: None, end });
        }
    }

    /// The events on the way to a step, and that of the step.
    pub(super) fn events(&self, witness: &Witness) -> Vec<Event> {
        let mut events: Vec<Event> = witness.event.iter().cloned().collect();
        let mut place = Some(witness.node);
        while let Some(node) = place.and_then(|it| self.nodes.get(it)) {
            events.extend(node.event.as_deref().cloned());
            place = node.before;
        }
        events.reverse();
        events
    }
}
