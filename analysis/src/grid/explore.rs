//! Everything that can happen from one date on, one look after the other.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use engine::machine::Machine;
use engine::model::DeadlineId;
use engine::runtime::{Case, Context, Decision, Event, FactKind, apply, decide, next_due, wake};
use engine::text::Strings;
use engine::time::{Instant, NaiveDate, NaiveTime};

use super::course::{End, course, days};
use super::found::{Extent, Found, OfGoal};
use super::goal::{Goal, Seen};
use super::key::{Key, Keys};
use super::looks::Looks;
use super::moves::Moves;

/// How far is looked.
#[derive(Clone, Debug)]
pub struct Options {
    /// The date on which the case is opened, in the protocol's zone.
    pub opened_on: NaiveDate,
    /// How many calendar days are looked at, that date included.
    pub days: u32,
    /// The times of day at which anybody may act, in the protocol's zone; at due instants and the
    /// instant after them anybody may act as well.
    pub times: Vec<NaiveTime>,
    /// Deadlines that are taken to be met in time.
    pub assume: Vec<DeadlineId>,
    /// The most situations to look at.
    pub situations_max: usize,
}

/// Follows a case from every look of its first day.
#[must_use]
pub fn explore(machine: &Machine, goals: &[Goal], options: &Options) -> Found {
    let mut strings = machine.strings();
    let moves = Moves::new(machine, &mut strings);
    let looks = Looks::new(machine, options.opened_on, options.days, &options.times);
    let keys = Keys::new(machine);
    let found = goals.iter().map(|goal| (*goal, Best::default())).collect();
    let grid = Grid { machine, strings: &strings, moves, looks, keys, options };
    let mut walk = Walk { nodes: Vec::new(), layers: BTreeMap::new(), found };
    let extent = grid.walk(&mut walk);
    let goals = walk.found.iter().map(|(_, best)| OfGoal {
        broken: best.broken.as_ref().map(|it| grid.course(&walk, it)),
        worst: best.worst.as_ref().map(|it| grid.course(&walk, it)),
    });
    Found { goals: goals.collect(), situations: walk.nodes.len(), extent }
}

/// What does not change on the way.
struct Grid<'a> {
    machine: &'a Machine,
    strings: &'a Strings,
    moves: Moves<'a>,
    looks: Looks,
    keys: Keys<'a>,
    options: &'a Options,
}

/// A situation, and how it came about first.
struct Node {
    /// Dropped once everything that follows from it is known.
    case: Option<Box<Case>>,
    before: Option<usize>,
    event: Option<Box<Event>>,
}

struct Walk {
    nodes: Vec<Node>,
    /// The situations that are still to be looked at, by instant.
    layers: BTreeMap<Instant, BTreeMap<Key, usize>>,
    found: Vec<(Goal, Best)>,
}

#[derive(Default)]
struct Best {
    broken: Option<Witness>,
    worst: Option<Witness>,
    days: Option<u32>,
}

/// A step at which a goal was seen: from a situation, by an event or by time.
#[derive(Clone)]
struct Witness {
    node: usize,
    event: Option<Event>,
    end: End,
}

impl Grid<'_> {
    fn walk(&self, walk: &mut Walk) -> Extent {
        let fresh = Case::new(self.machine);
        let root = walk.add(fresh, None, None);
        for at in self.looks.first(self.options.times.len()) {
            self.report(walk, root, *at, &mut Vec::new());
        }
        let mut extent = Extent::Whole;
        while let Some(at) = walk.layers.first_key_value().map(|(at, _)| *at) {
            // Reporting at an instant may add to its own layer.
            let mut now: Vec<usize> =
                walk.layers.entry(at).or_default().values().copied().collect();
            let mut next = 0;
            while let Some(node) = now.get(next).copied() {
                if walk.nodes.len() > self.options.situations_max {
                    return Extent::Budget;
                }
                let is_last = self.report(walk, node, at, &mut now);
                if !self.pass(walk, node, at, is_last) {
                    extent = Extent::Days;
                }
                walk.nodes[node].case = None;
                next += 1;
            }
            walk.layers.remove(&at);
        }
        extent
    }

    /// Tries everything that can be reported at an instant. Says whether nothing could be that
    /// makes another situation.
    fn report(&self, walk: &mut Walk, node: usize, at: Instant, now: &mut Vec<usize>) -> bool {
        let context = Context::new(self.strings);
        let Some(case) = walk.nodes[node].case.take() else { return true };
        let own = self.keys.of(&case, at);
        let mut is_last = true;
        for event in self.moves.now(&case, at) {
            let Ok(decision) = decide(self.machine, &case, &event, &context) else { continue };
            let witness = Witness { node, event: Some(event), end: end(at) };
            let Some(after) = self.follow(walk, &case, &decision, &witness) else { continue };
            let key = self.keys.of(&after, at);
            is_last &= key == own;
            now.extend(walk.meet(at, key, after, witness));
        }
        walk.nodes[node].case = Some(case);
        is_last
    }

    /// Lets time pass to the next look. Says whether all that can come of it is looked at.
    fn pass(&self, walk: &mut Walk, node: usize, at: Instant, is_last: bool) -> bool {
        let context = Context::new(self.strings);
        let Some(case) = walk.nodes[node].case.take() else { return true };
        if is_last && next_due(&case).is_none() {
            return true;
        }
        let Some(until) = self.looks.after(&case, at) else { return false };
        let Ok(decision) = wake(self.machine, &case, until, &context) else { return true };
        let witness = Witness { node, event: None, end: end(until) };
        if let Some(after) = self.follow(walk, &case, &decision, &witness) {
            let key = self.keys.of(&after, until);
            walk.meet(until, key, after, witness);
        }
        true
    }

    /// The case after a decision, having seen what the decision says of the goals; `None` where
    /// it breaks an assumption.
    fn follow(
        &self,
        walk: &mut Walk,
        case: &Case,
        decision: &Decision,
        witness: &Witness,
    ) -> Option<Case> {
        let is_missed = |kind: &FactKind| match kind {
            FactKind::Breached { clock } | FactKind::Lapsed { clock } => {
                self.options.assume.contains(&clock.deadline)
            }
            _ => false,
        };
        let mut after = case.clone();
        for fact in &decision.facts {
            if is_missed(&fact.kind) {
                return None;
            }
            for (goal, best) in &mut walk.found {
                let Some(seen) = goal.seen(&after, fact) else { continue };
                let (Seen::Broken(begun) | Seen::Kept(begun)) = seen;
                let end = End { at: fact.at, begun, ..witness.end };
                let days = days(self.machine, end);
                if days > best.days {
                    best.days = days;
                    best.worst = Some(Witness { end, ..witness.clone() });
                }
                if matches!(seen, Seen::Broken(_)) && best.broken.is_none() {
                    best.broken = Some(Witness { end, ..witness.clone() });
                }
            }
            apply(&mut after, fact);
        }
        Some(after)
    }

    fn course(&self, walk: &Walk, witness: &Witness) -> crate::Course {
        let mut events: Vec<Event> = witness.event.iter().cloned().collect();
        let mut place = Some(witness.node);
        while let Some(node) = place.and_then(|it| walk.nodes.get(it)) {
            events.extend(node.event.iter().map(|it| Event::clone(it)));
            place = node.before;
        }
        events.reverse();
        course(self.machine, self.strings, events, witness.end)
    }
}

const fn end(until: Instant) -> End {
    End { until, at: until, begun: None }
}

impl Walk {
    fn add(&mut self, case: Case, before: Option<usize>, event: Option<Event>) -> usize {
        self.nodes.push(Node { case: Some(Box::new(case)), before, event: event.map(Box::new) });
        self.nodes.len() - 1
    }

    /// The case is in a situation at an instant: its place, if nobody has been there.
    fn meet(&mut self, at: Instant, key: Key, case: Case, witness: Witness) -> Option<usize> {
        let place = self.nodes.len();
        match self.layers.entry(at).or_default().entry(key) {
            Entry::Occupied(_) => return None,
            Entry::Vacant(free) => free.insert(place),
        };
        Some(self.add(case, Some(witness.node), witness.event))
    }
}
