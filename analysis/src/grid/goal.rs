//! What is watched for.

use engine::model::DeadlineId;
use engine::runtime::{Case, Fact, FactKind};
use engine::time::Instant;

/// What is asked of every course.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Goal {
    /// That this deadline is not breached.
    Met(DeadlineId),
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
    pub(super) fn seen(self, before: &Case, fact: &Fact) -> Option<Seen> {
        let start = |clock| before.clock(clock).map(|it| it.start.at);
        match (self, fact.kind) {
            (Self::Met(id), FactKind::Breached { clock }) if clock.deadline == id => {
                Some(Seen::Broken(start(clock)))
            }
            (Self::Met(id), FactKind::Met { clock, late: false }) if clock.deadline == id => {
                Some(Seen::Kept(start(clock)))
            }
            _ => None,
        }
    }
}
