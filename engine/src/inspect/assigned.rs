//! Which fields certainly have a value where a case is, whatever way it took.

use std::collections::{BTreeMap, BTreeSet};

use crate::inspect::fields::Fields;
use crate::inspect::points::edges;
use crate::machine::{Edge, Machine, Node, Why};
use crate::model::{
    ConditionId, EventId, FieldId, LetterId, Point, Protocol, RungId, StageId, Variable,
};
use crate::script::Expr;
use crate::script::set_where;

/// The fields that have a value, by place.
#[derive(Debug)]
pub(crate) struct Assigned {
    /// Before anything but the opening has happened.
    pub(crate) from_the_start: Fields,
    at: BTreeMap<Node, Fields>,
    /// Wherever a case can be and is not closed.
    pub(crate) while_open: Fields,
    /// Once an event has been taken, wherever that may be.
    taken: BTreeMap<EventId, Fields>,
    /// Once a letter is due, whatever sends it.
    sent: BTreeMap<LetterId, Fields>,
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
                let mut next = after;
                if let Some(before) = at.get(&edge.to) {
                    next.keep(before);
                }
                if at.get(&edge.to) != Some(&next) {
                    at.insert(edge.to, next);
                    open.insert(edge.to);
                }
            }
        }
        let mut known = Self {
            while_open: Fields::default(),
            taken: BTreeMap::new(),
            sent: BTreeMap::new(),
            from_the_start,
            at,
        };
        known.while_open = known.wherever_open(protocol);
        known.follow_edges(machine);
        known.follow_clocks(protocol);
        known
    }

    /// On every rung on which a case can be in this stage.
    pub(crate) fn in_stage(&self, stage: StageId) -> Fields {
        let on = |rung| Node { stage, rung: RungId(rung) };
        self.meet(self.at.range(on(0)..=on(u16::MAX)).map(|(_, it)| it))
    }

    fn wherever_open(&self, protocol: &Protocol) -> Fields {
        let open =
            |node: &Node| protocol.stages.get(node.stage.index()).is_some_and(|stage| !stage.end);
        self.meet(self.at.iter().filter(|(node, _)| open(node)).map(|(_, it)| it))
    }

    /// What is known after each branch: of its event, and of the letters it sends.
    fn follow_edges(&mut self, machine: &Machine) {
        for edge in edges(machine) {
            let Some(known) = self.at.get(&edge.from) else { continue };
            let after = after(&edge, known, machine);
            if let Why::Event(event, _) = edge.why {
                keep_common(&mut self.taken, event, &after);
            }
            for letter in machine.branch_of(&edge).into_iter().flat_map(|it| &it.sends) {
                keep_common(&mut self.sent, *letter, &after);
            }
        }
    }

    /// What is known where a clock is extended or runs out.
    fn follow_clocks(&mut self, protocol: &Protocol) {
        for deadline in &protocol.deadlines {
            let outlives = deadline.window || deadline.after_close;
            let known = if outlives { &self.from_the_start } else { &self.while_open };
            for letter in &deadline.outcome.sends {
                keep_common(&mut self.sent, *letter, known);
            }
            for extension in &deadline.extend {
                let mut known = self.while_open.clone();
                known.extend(carried(protocol, extension.on));
                keep_common(&mut self.taken, extension.on, &known);
                for letter in &extension.sends {
                    keep_common(&mut self.sent, *letter, &known);
                }
            }
        }
    }

    /// When a point happens, whatever made it.
    pub(crate) fn when(&self, point: Point) -> Fields {
        let or_less = |known: Option<&Fields>| known.unwrap_or(&self.from_the_start).clone();
        match point {
            Point::Event(EventId::OPENED) => self.from_the_start.clone(),
            Point::Event(event) => or_less(self.taken.get(&event)),
            Point::Stage(stage) => self.in_stage(stage),
            Point::Letter(letter) => or_less(self.sent.get(&letter)),
            Point::Date(field) => {
                let mut known = self.from_the_start.clone();
                known.insert(field);
                known
            }
            _ => self.from_the_start.clone(),
        }
    }

    fn meet<'f>(&self, sets: impl IntoIterator<Item = &'f Fields>) -> Fields {
        let mut sets = sets.into_iter();
        let Some(mut common) = sets.next().cloned() else { return self.from_the_start.clone() };
        for other in sets {
            common.keep(other);
        }
        common
    }
}

/// Leaves of the fields under a key those that are known here as well.
fn keep_common<K: Ord>(map: &mut BTreeMap<K, Fields>, key: K, known: &Fields) {
    match map.get_mut(&key) {
        Some(common) => common.keep(known),
        None => {
            map.insert(key, known.clone());
        }
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
    let protocol = &machine.protocol;
    if let Why::Event(event, _) = edge.why {
        known.extend(carried(protocol, event));
        let requires = protocol.events.get(event.index()).into_iter().flat_map(|it| &it.requires);
        known.extend(requires.flat_map(|id| set_by(*id, protocol)));
    }
    if let Some(branch) = machine.branch_of(edge) {
        known.extend(branch.when.iter().flat_map(|it| fields_set(it, protocol)));
        known.extend(branch.requires.iter().flat_map(|id| set_by(*id, protocol)));
        known.extend(branch.set.iter().map(|it| it.field));
    }
    known
}

/// The fields that have a value wherever a condition of the protocol holds.
fn set_by(id: ConditionId, protocol: &Protocol) -> impl Iterator<Item = FieldId> {
    let condition = protocol.conditions.get(id.index());
    condition.into_iter().flat_map(|it| fields_set(&it.is, protocol))
}

fn fields_set(condition: &Expr, protocol: &Protocol) -> impl Iterator<Item = FieldId> {
    set_where(condition).filter_map(|it| match protocol.variables.get(usize::from(it.0)) {
        Some(Variable::Field(field)) => Some(*field),
        _ => None,
    })
}
