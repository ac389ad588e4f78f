//! What a course is to show, and whether the facts of one show it.

use engine::machine::Machine;
use engine::model::{DeadlineId, Point};
use engine::runtime::{Fact, FactKind};
use engine::time::Instant;

/// What a course is to show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Goal {
    /// A point happens.
    Reached(Point),
    /// A deadline is missed, or a window runs out unused.
    Breached(DeadlineId),
    /// Every step is possible where it stands.
    Taken,
}

/// What was found in the facts of a course.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// When it happened.
    pub at: Instant,
    /// How many calendar days after what it counts from; `None` where it counts from nothing.
    pub days: Option<u32>,
}

impl Goal {
    /// Whether later is better: what is looked for is broken, or kept, by being late.
    pub(super) const fn is_better_late(self) -> bool {
        matches!(self, Self::Breached(_))
    }

    /// Whether every course has to be looked at for the best of them.
    pub(super) const fn is_a_most(self) -> bool {
        false
    }

    /// The deadlines that are taken to be met in time.
    pub(super) fn assumed(self, _machine: &Machine) -> &[DeadlineId] {
        &[]
    }

    /// What the facts of a course show of it.
    pub(super) fn found(self, _machine: &Machine, facts: &[Fact]) -> Option<Found> {
        let first = |is: &dyn Fn(&FactKind) -> bool| {
            let fact = facts.iter().find(|it| is(&it.kind))?;
            Some(Found { at: fact.at, days: None })
        };
        match self {
            Self::Reached(point) => first(&|it| is_point(it, point)),
            Self::Breached(id) => first(&|it| ran_out(it) == Some(id)),
            Self::Taken => facts.last().map(|it| Found { at: it.at, days: None }),
        }
    }
}

/// The deadline that a fact says has run out.
pub(super) const fn ran_out(kind: &FactKind) -> Option<DeadlineId> {
    match kind {
        FactKind::Breached { clock } | FactKind::Lapsed { clock } => Some(clock.deadline),
        _ => None,
    }
}

/// Whether a fact says that a point happened.
fn is_point(kind: &FactKind, point: Point) -> bool {
    match (kind, point) {
        (FactKind::Reported { event, .. }, Point::Event(id)) => *event == id,
        (FactKind::LetterDue { letter }, Point::Letter(id)) => *letter == id,
        (FactKind::StageEntered { stage }, Point::Stage(id)) => *stage == id,
        (FactKind::Escalated { rung }, Point::Rung(id)) => *rung == id,
        (FactKind::Escalated { .. }, Point::Escalated) | (FactKind::Reopened, Point::Reopened) => {
            true
        }
        (FactKind::Met { clock, .. }, Point::Met(id))
        | (FactKind::Breached { clock }, Point::Breach(id))
        | (FactKind::Lapsed { clock }, Point::Lapse(id))
        | (FactKind::Extended { clock, .. }, Point::Extended(id)) => clock.deadline == id,
        (FactKind::FieldSet { field, .. }, Point::Date(id)) => *field == id,
        _ => false,
    }
}
