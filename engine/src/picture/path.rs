//! The way that one case took.

use std::collections::BTreeMap;

use crate::machine::{Edge, Node, Why};
use crate::model::{DeadlineId, EventId, RuleId, RungId};
use crate::runtime::{Fact, FactKind};
use crate::scenario::Outcome;

/// What of a protocol is wanted, besides all of it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wanted<'a> {
    /// Only this rung, and the places that arrows lead to from it and from which they come.
    pub rung: Option<RungId>,
    /// A run whose path is marked, with the title of its scenario.
    pub path: Option<(&'a str, &'a Outcome)>,
}

/// By what a case moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum By {
    Event(EventId),
    After(u16),
    Expiry(DeadlineId),
    Placed,
}

/// One move of a case, or an event after which it stayed where it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Hop {
    pub from: Node,
    pub to: Node,
    by: By,
    /// The entry that moved it.
    rule: Option<RuleId>,
}

/// The moves of a case, in order, and where it stands after them, if that is known.
pub(crate) type Course = (Vec<Hop>, Option<Node>);

/// The moves of the first case, in order. It begins in the stage that it enters first.
pub(crate) fn hops(outcome: &Outcome) -> Vec<Hop> {
    let first = outcome.steps.first().map(|it| it.case);
    let facts = || {
        let steps = outcome.steps.iter();
        steps.flat_map(move |it| {
            let own = it.facts.iter().filter(move |_| Some(it.case) == first);
            let others = it.elsewhere.iter().filter(move |(key, _)| Some(*key) == first);
            own.chain(others.map(|(_, fact)| fact))
        })
    };
    walked(facts).0
}

/// The moves of a case, in order, from its facts; and where it stands after them.
pub(crate) fn hops_of(facts: &[Fact]) -> Course {
    walked(|| facts.iter())
}

fn walked<'a, F: Iterator<Item = &'a Fact>>(facts: impl Fn() -> F) -> Course {
    let entered = facts().find_map(|it| match it.kind {
        FactKind::StageEntered { stage } => Some(stage),
        _ => None,
    });
    let Some(stage) = entered else { return (Vec::new(), None) };
    let mut walk = Walk { found: Vec::new(), open: None, at: Node { stage, rung: RungId(0) } };
    facts().for_each(|it| walk.step(it));
    walk.close();
    (walk.found, Some(walk.at))
}

struct Walk {
    found: Vec<Hop>,
    open: Option<Hop>,
    at: Node,
}

impl Walk {
    fn step(&mut self, fact: &Fact) {
        match fact.kind {
            // The first event opens the case: it leads nowhere, the case begins there.
            FactKind::Reported { event, .. } if event != EventId::OPENED => {
                self.begin(By::Event(event));
            }
            FactKind::Breached { clock } | FactKind::Lapsed { clock } => {
                self.begin(By::Expiry(clock.deadline));
            }
            FactKind::TimerRan { place } => self.begin(By::After(place)),
            FactKind::Placed { rung } => {
                let from = self.at;
                let begun = self.open.take();
                let is_moved = begun.is_some_and(|it| it.from != from);
                self.found.extend(begun.filter(|_| is_moved));
                self.at.rung = rung;
                if from.stage == self.at.stage && (begun.is_some() || !self.found.is_empty()) {
                    let rule = Some(fact.rule);
                    self.found.push(Hop { from, to: self.at, by: By::Placed, rule });
                }
                self.open = begun.filter(|_| !is_moved).map(|it| Hop { from: self.at, ..it });
            }
            FactKind::Escalated { rung } => self.go(Node { rung, ..self.at }, fact.rule),
            FactKind::StageEntered { stage } => self.go(Node { stage, ..self.at }, fact.rule),
            _ => {}
        }
    }

    fn begin(&mut self, by: By) {
        self.close();
        self.open = Some(Hop { from: self.at, to: self.at, by, rule: None });
    }

    fn go(&mut self, to: Node, rule: RuleId) {
        self.at = to;
        if let Some(open) = &mut self.open {
            (open.to, open.rule) = (to, Some(rule));
        }
    }

    /// Keeps what led on, and every event.
    fn close(&mut self) {
        let Some(mut open) = self.open.take() else { return };
        open.to = self.at;
        if open.rule.is_some() || matches!(open.by, By::Event(_)) {
            self.found.push(open);
        }
    }
}

/// Which hops of a path take which edge, numbered from 1.
pub(crate) struct Taken {
    hops: Vec<Hop>,
    by_edge: BTreeMap<usize, Vec<u32>>,
    /// Where it stands at the end, where that is known.
    at: Option<Node>,
}

impl Taken {
    pub(crate) fn new((hops, at): Course, edges: &[Edge]) -> Self {
        let mut by_edge: BTreeMap<usize, Vec<u32>> = BTreeMap::new();
        for (hop, number) in hops.iter().zip(1u32..) {
            let fits = |edge: &Edge| fits(hop, edge);
            let exact = edges.iter().position(|it| fits(it) && hop.rule == Some(it.rule));
            if let Some(at) = exact.or_else(|| edges.iter().position(fits)) {
                by_edge.entry(at).or_default().push(number);
            }
        }
        Self { hops, by_edge, at }
    }

    /// The numbers of the hops that take the edge with this place.
    pub(crate) fn of_edge(&self, at: usize) -> Vec<u32> {
        self.by_edge.get(&at).cloned().unwrap_or_default()
    }

    /// The numbers of the hops that report an event at a pair and stay there.
    pub(crate) fn of_event(&self, event: EventId, node: Node) -> Vec<u32> {
        let is_it = |hop: &Hop| hop.by == By::Event(event) && hop.from == node && hop.to == node;
        let numbered = self.hops.iter().zip(1u32..);
        numbered.filter(|(hop, _)| is_it(hop)).map(|(_, number)| number).collect()
    }

    /// Whether the path comes through a pair.
    pub(crate) fn visits(&self, node: Node) -> bool {
        self.at == Some(node) || self.hops.iter().any(|hop| hop.from == node || hop.to == node)
    }
}

fn fits(hop: &Hop, edge: &Edge) -> bool {
    let by = match (hop.by, edge.why) {
        (By::Event(hop), Why::Event(edge, _)) => hop == edge,
        (By::After(hop), Why::After(edge)) => hop == edge,
        (By::Expiry(hop), Why::Expiry(edge)) => hop == edge,
        (By::Placed, Why::Placed) => true,
        _ => false,
    };
    by && (hop.from, hop.to) == (edge.from, edge.to)
}
