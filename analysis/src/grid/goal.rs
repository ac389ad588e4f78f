//! What is watched for.

use engine::machine::Machine;
use engine::model::{DeadlineId, EventId, GuaranteeId, Point, Promise};
use engine::runtime::{Case, Fact, FactKind, PromiseState, View};
use engine::script::{Expr, truth};
use engine::text::Strings;
use engine::time::Instant;

/// What is asked of every course.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Goal {
    /// That this deadline is not breached.
    Met(DeadlineId),
    /// That this guarantee is not broken.
    Holds(GuaranteeId),
}

/// What a decision says of a goal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Seen {
    /// It was broken, having begun then.
    Broken(Option<Instant>),
    /// It was kept, having begun then.
    Kept(Option<Instant>),
}

impl Goal {
    /// What a fact says of it, given the case before that fact.
    pub(super) fn seen(self, machine: &Machine, before: &Case, fact: &Fact) -> Option<Seen> {
        let clock = |clock| before.clock(clock).map(|it| it.start.at);
        let promised = |id: GuaranteeId| {
            let has_term = |it: &&Promise| matches!(it, Promise::Within { .. });
            let promise = machine.protocol.guarantees.get(id.index()).map(|it| &it.promise);
            let open = before.promise(id).filter(|it| it.state == PromiseState::Open);
            promise.filter(has_term).and(open).map(|it| it.start.at)
        };
        match (self, fact.kind) {
            (Self::Met(id), FactKind::Breached { clock: it }) if it.deadline == id => {
                Some(Seen::Broken(clock(it)))
            }
            (Self::Met(id), FactKind::Met { clock: it, late: false }) if it.deadline == id => {
                Some(Seen::Kept(clock(it)))
            }
            (Self::Holds(id), FactKind::Broken { guarantee }) if guarantee == id => {
                Some(Seen::Broken(promised(id)))
            }
            (Self::Holds(id), FactKind::Kept { guarantee }) if guarantee == id => {
                Some(Seen::Kept(promised(id)))
            }
            _ => None,
        }
    }

    /// The event that must be accepted wherever a condition holds.
    pub(super) fn possible(self, machine: &Machine) -> Option<(EventId, Option<&Expr>)> {
        match promise(self, machine)? {
            Promise::Possible { event, holds } => Some((*event, holds.as_ref())),
            _ => None,
        }
    }

    /// What there must be a way to from everywhere.
    pub(super) fn reachable(self, machine: &Machine) -> Option<&[Point]> {
        match promise(self, machine)? {
            Promise::Reachable { points } => Some(points),
            _ => None,
        }
    }
}

fn promise(goal: Goal, machine: &Machine) -> Option<&Promise> {
    let Goal::Holds(id) = goal else { return None };
    machine.protocol.guarantees.get(id.index()).map(|it| &it.promise)
}

/// Whether a condition holds of a case between two decisions. One that breaks does not.
pub(super) fn holds(machine: &Machine, strings: &Strings, case: &Case, expr: &Expr) -> bool {
    truth(expr, &View { machine, case, event: None, strings }).unwrap_or(false)
}

/// Whether a fact says that one of some points has happened.
pub(super) fn happens(points: &[Point], fact: &Fact) -> bool {
    let found = match fact.kind {
        FactKind::Reported { event, .. } => [Some(Point::Event(event)), None],
        FactKind::LetterDue { letter } => [Some(Point::Letter(letter)), None],
        FactKind::StageEntered { stage } => [Some(Point::Stage(stage)), None],
        FactKind::Escalated { rung } => [Some(Point::Rung(rung)), Some(Point::Escalated)],
        FactKind::Reopened => [Some(Point::Reopened), None],
        FactKind::Met { clock, .. } => [Some(Point::Met(clock.deadline)), None],
        FactKind::Breached { clock } => [Some(Point::Breach(clock.deadline)), None],
        FactKind::Lapsed { clock } => [Some(Point::Lapse(clock.deadline)), None],
        FactKind::Extended { clock, .. } => [Some(Point::Extended(clock.deadline)), None],
        FactKind::FieldSet { field, .. } => [Some(Point::Date(field)), None],
        _ => [None, None],
    };
    found.into_iter().flatten().any(|point| points.contains(&point))
}
