//! What the parts of a protocol read, and what they react on.

use std::collections::BTreeSet;

use engine::machine::Machine;
use engine::model::{
    Agreed, Branch, Choose, Deadline, DeadlineId, Escalate, FieldId, Lengthen, Outcome, Point,
    Promise, SetTo, To, Transitions,
};
use engine::script::Expr;

/// The points that must happen in time, or not so soon.
pub(super) fn near(machine: &Machine, id: Option<engine::model::GuaranteeId>) -> BTreeSet<Point> {
    let guarantee = id.and_then(|id| machine.protocol.guarantees.get(id.index()));
    let points = match guarantee.map(|it| &it.promise) {
        Some(Promise::Within { expect, .. }) => expect.as_slice(),
        Some(Promise::TooSoon { never, .. }) => never.as_slice(),
        _ => &[],
    };
    points.iter().copied().collect()
}

pub(super) const fn of_deadline_asked(point: &Point) -> Option<DeadlineId> {
    match point {
        Point::Met(id) | Point::Breach(id) | Point::Lapse(id) | Point::Extended(id) => Some(*id),
        _ => None,
    }
}

pub(super) fn moves(outcome: &Outcome) -> bool {
    matches!(outcome.to, To::Stage(_))
        || matches!(outcome.escalate, Some(Escalate::Up | Escalate::To(_)))
}

pub(super) fn reacts_on(deadline: &Deadline) -> impl Iterator<Item = Point> {
    let until = deadline.every.iter().flat_map(|it| &it.until);
    let met = deadline.met_by.iter().map(|it| it.on);
    let others = deadline.starts.iter().chain(&deadline.restarts).chain(&deadline.cancelled_by);
    others.chain(until).copied().chain(met)
}

/// The field whose value says how long a deadline takes.
pub(in crate::steps) const fn field_that_chooses(deadline: &Deadline) -> Option<FieldId> {
    match &deadline.choose {
        Choose::ByField(field, _) => Some(*field),
        _ => None,
    }
}

pub(super) fn fields_of(deadline: &Deadline) -> impl Iterator<Item = FieldId> {
    let agreed = match deadline.due {
        Some(Agreed::Field(field)) => Some(field),
        _ => None,
    };
    let until = deadline.extend.iter().filter_map(|it| match it.lengthen {
        Lengthen::Until { field, .. } => Some(field),
        _ => None,
    });
    agreed.into_iter().chain(until)
}

pub(super) fn of_event<'a>(
    machine: &'a Machine,
    transitions: &'a Transitions,
) -> impl Iterator<Item = &'a Expr> {
    let protocol = &machine.protocol;
    let declared = protocol.events.get(transitions.event.index());
    let required = declared.map_or(&[][..], |it| &it.requires).iter();
    let required = required.chain(transitions.branches.iter().flat_map(|it| &it.requires));
    let required = required.filter_map(|it| protocol.conditions.get(it.index()));
    required.map(|it| &it.is).chain(transitions.branches.iter().flat_map(of_branch))
}

pub(super) fn of_branch(branch: &Branch) -> impl Iterator<Item = &Expr> {
    let computed = branch.set.iter().filter_map(|it| match &it.to {
        SetTo::Computed(expr) => Some(expr),
        SetTo::Preset(_) => None,
    });
    branch.when.iter().chain(computed)
}

pub(super) fn of_deadline(deadline: &Deadline) -> impl Iterator<Item = &Expr> {
    let met = deadline.met_by.iter().filter_map(|it| it.when.as_ref());
    let lengthened = deadline.extend.iter().filter_map(|it| it.when.as_ref());
    deadline.when.iter().chain(met).chain(lengthened)
}

/// The conditions that choose how long a deadline takes.
pub(super) fn that_choose(deadline: &Deadline) -> impl Iterator<Item = &Expr> {
    let chosen = match &deadline.choose {
        Choose::First(list) => list.as_slice(),
        _ => &[],
    };
    chosen.iter().filter_map(|(when, _)| when.as_ref())
}
