//! What the protocol promises, whatever anybody does or fails to do: proved or refuted by
//! analysis, and watched while a case runs.

use crate::model::{DeadlineId, EventId, Point, RuleId};
use crate::script::Expr;
use crate::time::Allowance;

/// A property of the protocol.
#[derive(Clone, Debug, PartialEq)]
pub struct Guarantee {
    /// Its name in the file.
    pub id: String,
    /// The sentence that it stands for.
    pub says: String,
    /// What is promised.
    pub promise: Promise,
    /// Any of these discharges it.
    pub unless: Vec<Point>,
    /// These deadlines are taken to be met in time. What is proved holds under that assumption.
    pub assume: Vec<DeadlineId>,
    /// The entry.
    pub rule: RuleId,
}

/// What is promised. Points of one decision happen together: none of them is before another.
#[derive(Clone, Debug, PartialEq)]
pub enum Promise {
    /// After each of `from`, one of `expect` within a term. An act exactly at its end is in time.
    Within {
        /// What begins it; while it is open, another does nothing.
        from: Vec<Point>,
        /// Counted by `[time]` on the calendar of the protocol, never paused.
        within: Allowance,
        /// What keeps it.
        expect: Vec<Point>,
    },
    /// None of `never` unless one of `before` has happened, in the same decision at the latest.
    Before {
        /// What must not happen.
        never: Vec<Point>,
        /// What must come before.
        before: Vec<Point>,
    },
    /// None of `never` in a decision after which the condition holds.
    While {
        /// What must not happen.
        never: Vec<Point>,
        /// When it must not.
        holds: Expr,
    },
    /// None of `never` sooner than a term after the latest of `from`; its end is too soon still.
    TooSoon {
        /// What must not happen.
        never: Vec<Point>,
        /// What begins the term, anew each time.
        from: Vec<Point>,
        /// Counted by `[time]` on the calendar of the protocol, never paused.
        within: Allowance,
    },
    /// The points of `never` together no more often than this.
    AtMost {
        /// What must not happen again.
        never: Vec<Point>,
        /// How often it may.
        times: u16,
    },
    /// Wherever a case can be, somebody may report the event.
    Possible {
        /// The event.
        event: EventId,
        /// Only while this holds.
        holds: Option<Expr>,
    },
    /// Wherever a case can be, there is a way to one of these; in a stage that is one of them it is
    /// there already.
    Reachable {
        /// Where to.
        points: Vec<Point>,
    },
}

impl Promise {
    /// The condition under which it is promised.
    #[must_use]
    pub const fn holds(&self) -> Option<&Expr> {
        match self {
            Self::While { holds, .. } => Some(holds),
            Self::Possible { holds, .. } => holds.as_ref(),
            Self::Within { .. }
            | Self::Before { .. }
            | Self::TooSoon { .. }
            | Self::AtMost { .. }
            | Self::Reachable { .. } => None,
        }
    }
}
