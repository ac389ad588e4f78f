//! Which fields certainly have a value where a case is, whatever way it took.

use std::collections::{BTreeMap, BTreeSet};

use crate::inspect::points::{branch_of, edges};
use crate::machine::{Edge, Machine, Node, Why};
use crate::model::{Branch, EventId, FieldId, LetterId, Point, Protocol, RungId, StageId};

/// A set of fields that have a value.
pub(crate) type Fields = BTreeSet<FieldId>;

/// The fields that have a value, by place.
#[derive(Debug)]
pub(crate) struct Assigned {
    /// Before anything but the opening has happened.
    pub(crate) from_the_start: Fields,
    at: BTreeMap<Node, Fields>,
}

impl Assigned {
    /// Follows all ways until nothing changes; where ways meet, only what all of them set stays.
    pub(crate) fn of(machine: &Machine) -> Self {
        let protocol = &machine.protocol;
        let fields = protocol.fields.iter().enumerate();
        let given = fields.filter(|(_, it)| it.required || it.default.is_some());
        let from_the_start: Fields = given.map(|(at, _)| FieldId::at(at)).collect();
        let starts = machine.graph().starts();
        let mut at: BTreeMap<Node, Fields> =
            starts.iter().map(|node| (*node, from_the_start.clone())).collect();
        let mut open: BTreeSet<Node> = starts.iter().copied().collect();
        while let Some(from) = open.pop_first() {
            let Some(known) = at.get(&from).cloned() else { continue };
            for edge in machine.graph().leaving(from) {
                let after = after(&edge, &known, machine);
                let next = match at.get(&edge.to) {
                    None => after,
                    Some(before) => before.intersection(&after).copied().collect(),
                };
                if at.get(&edge.to) != Some(&next) {
                    at.insert(edge.to, next);
                    open.insert(edge.to);
                }
            }
        }
        Self { from_the_start, at }
    }

    /// On every rung on which a case can be in this stage.
    pub(crate) fn in_stage(&self, stage: StageId) -> Fields {
        let on = |rung| Node { stage, rung: RungId(rung) };
        self.meet(self.at.range(on(0)..=on(u16::MAX)).map(|(_, it)| it.clone()))
    }

    /// Wherever a case can be and is not closed.
    pub(crate) fn while_open(&self, protocol: &Protocol) -> Fields {
        let open =
            |node: &Node| protocol.stages.get(node.stage.index()).is_some_and(|stage| !stage.end);
        self.meet(self.at.iter().filter(|(node, _)| open(node)).map(|(_, it)| it.clone()))
    }

    /// When a point happens, whatever made it.
    pub(crate) fn when(&self, point: Point, machine: &Machine) -> Fields {
        match point {
            Point::Event(EventId::OPENED) => self.from_the_start.clone(),
            Point::Event(event) => self.meet(self.events(event, machine)),
            Point::Stage(stage) => self.in_stage(stage),
            Point::Letter(letter) => {
                let mut found = self.senders(machine, |branch| branch.sends.contains(&letter));
                found.extend(self.clocks_that_send(letter, machine));
                self.meet(found)
            }
            Point::Date(field) => {
                let mut known = self.from_the_start.clone();
                known.insert(field);
                known
            }
            _ => self.from_the_start.clone(),
        }
    }

    /// The fields known at each place where an event may happen, once it has been taken.
    fn events(&self, event: EventId, machine: &Machine) -> Vec<Fields> {
        let is_it = |edge: &Edge| matches!(edge.why, Why::Event(it, _) if it == event);
        let mut found: Vec<Fields> = edges(machine)
            .filter(is_it)
            .filter_map(|edge| Some(after(&edge, self.at.get(&edge.from)?, machine)))
            .collect();
        let extends = machine.protocol.deadlines.iter().flat_map(|it| &it.extend);
        if extends.into_iter().any(|it| it.on == event) {
            let mut known = self.while_open(&machine.protocol);
            known.extend(carried(&machine.protocol, event));
            found.push(known);
        }
        found
    }

    fn senders(&self, machine: &Machine, sends: impl Fn(&Branch) -> bool) -> Vec<Fields> {
        edges(machine)
            .filter(|edge| branch_of(edge, machine).is_some_and(&sends))
            .filter_map(|edge| Some(after(&edge, self.at.get(&edge.from)?, machine)))
            .collect()
    }

    fn clocks_that_send(&self, letter: LetterId, machine: &Machine) -> Vec<Fields> {
        let protocol = &machine.protocol;
        let mut found = Vec::new();
        for deadline in &protocol.deadlines {
            if deadline.outcome.sends.contains(&letter) {
                let outlives = deadline.window || deadline.after_close;
                found.push(match outlives {
                    true => self.from_the_start.clone(),
                    false => self.while_open(protocol),
                });
            }
            for extension in deadline.extend.iter().filter(|it| it.sends.contains(&letter)) {
                let mut known = self.while_open(protocol);
                known.extend(carried(protocol, extension.on));
                found.push(known);
            }
        }
        found
    }

    fn meet(&self, sets: impl IntoIterator<Item = Fields>) -> Fields {
        let all = |a: Fields, b: Fields| a.intersection(&b).copied().collect();
        sets.into_iter().reduce(all).unwrap_or_else(|| self.from_the_start.clone())
    }
}

/// The fields that an event must bring.
pub(crate) fn carried(protocol: &Protocol, event: EventId) -> impl Iterator<Item = FieldId> {
    let event = protocol.events.get(event.index());
    let carries = event.into_iter().flat_map(|it| &it.carries);
    carries.filter(|it| it.required).map(|it| it.field)
}

fn after(edge: &Edge, known: &Fields, machine: &Machine) -> Fields {
    let mut known = known.clone();
    if let Why::Event(event, _) = edge.why {
        known.extend(carried(&machine.protocol, event));
    }
    if let Some(branch) = branch_of(edge, machine) {
        known.extend(branch.set.iter().map(|it| it.field));
    }
    known
}
