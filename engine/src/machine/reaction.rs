//! What clocks do when a point happens.

use crate::machine::Operation;
use crate::model::{DeadlineId, Point, Protocol, RuleId};
use crate::script::Expr;

/// The order in which the clocks of one decision act; within a phase, file order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    /// Duties that are done.
    Met,
    /// Duties that are no longer owed.
    Cancelled,
    /// Clocks that are replaced by a new instance.
    Restarted,
    /// Clocks that begin.
    Started,
}

/// What one clock does on one point.
#[derive(Clone, Debug, PartialEq)]
pub struct Reaction {
    /// When in a decision.
    pub phase: Phase,
    /// Whose clock.
    pub deadline: DeadlineId,
    /// Only while this holds.
    pub guard: Option<Expr>,
    /// `Meet`, `Cancel`, `Restart` or `Arm` of that clock.
    pub operation: Operation,
    /// The entry of the protocol.
    pub rule: RuleId,
}

/// The numbering of all points of a protocol, so that a point is one look-up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PointIndex {
    letters: usize,
    stages: usize,
    rungs: usize,
    deadlines: usize,
    dates: usize,
    len: usize,
}

impl PointIndex {
    /// Numbers the points of a protocol.
    #[must_use]
    pub fn new(protocol: &Protocol) -> Self {
        let letters = protocol.events.len();
        let stages = letters + protocol.letters.len();
        let rungs = stages + protocol.stages.len();
        let deadlines = rungs + protocol.ladder.len() + 2;
        let dates = deadlines + 4 * protocol.deadlines.len();
        Self { letters, stages, rungs, deadlines, dates, len: dates + protocol.fields.len() }
    }

    /// How many points there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.len
    }

    /// Whether there are none; never, for a protocol has events.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The number of a point, below [`len`](Self::len).
    #[must_use]
    pub const fn of(&self, point: Point) -> usize {
        match point {
            Point::Event(id) => id.index(),
            Point::Letter(id) => self.letters + id.index(),
            Point::Stage(id) => self.stages + id.index(),
            Point::Rung(id) => self.rungs + id.index(),
            Point::Escalated => self.deadlines - 2,
            Point::Reopened => self.deadlines - 1,
            Point::Met(id) => self.deadlines + 4 * id.index(),
            Point::Breach(id) => self.deadlines + 4 * id.index() + 1,
            Point::Lapse(id) => self.deadlines + 4 * id.index() + 2,
            Point::Extended(id) => self.deadlines + 4 * id.index() + 3,
            Point::Date(id) => self.dates + id.index(),
        }
    }
}
