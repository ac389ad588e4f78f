//! What a machine consists of: a trigger, a guard and a list of operations.

use crate::model::{
    ConditionId, DeadlineId, Doer, Escalate, EventId, FieldId, LetterId, Point, RuleId, StageId,
};
use crate::script::Expr;
use crate::script::Value;

/// What sets a move off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trigger {
    /// An event is reported in a stage.
    Event(StageId, EventId),
    /// A timed transition of a stage falls due.
    After(StageId, u16),
    /// A deadline runs out: a breach, or the lapse of a window.
    Expiry(DeadlineId),
    /// A point happens, within whatever decision.
    Point(Point),
}

/// One thing that a move does. The set is closed: whoever reads a machine knows all there is.
#[derive(Clone, Debug, PartialEq)]
pub enum Operation {
    /// Sets a field to a value.
    Set(FieldId, Value),
    /// Sets a field to what an expression gives.
    Compute(FieldId, Expr),
    /// Goes up the ladder. The flag says whether the rung's own stage is entered.
    Raise(Escalate, Entry),
    /// Enters a stage.
    GoTo(StageId),
    /// Makes a letter due.
    Send(LetterId),
    /// Tells somebody.
    Tell(Doer),
    /// Starts a clock.
    Arm(DeadlineId),
    /// Meets an open clock, or notes that its duty was done early.
    Meet(DeadlineId),
    /// Ends an open clock as no longer owed.
    Cancel(DeadlineId),
    /// Makes an open clock stand still.
    Pause(DeadlineId),
    /// Lets a paused clock run.
    Resume(DeadlineId),
    /// Lengthens an open clock by the extension with this place.
    Extend(DeadlineId, u16),
    /// Counts an open clock again with the term that applies now.
    Recount(DeadlineId),
    /// Ends an open clock as replaced and starts a new one.
    Restart(DeadlineId),
}

/// Where a case goes when it is raised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entry {
    /// To the stage the rung names, if it names one.
    AtRung,
    /// Where the move itself says, or nowhere.
    AsSaid,
}

/// A way on: its trigger, its guard, what it requires and what it does, in order.
#[derive(Clone, Debug, PartialEq)]
pub struct Move {
    /// What sets it off.
    pub trigger: Trigger,
    /// When it is chosen.
    pub guard: Option<Expr>,
    /// What must hold besides.
    pub requires: Box<[ConditionId]>,
    /// What it does, in the order in which it is carried out.
    pub operations: Box<[Operation]>,
    /// The entry of the protocol.
    pub rule: RuleId,
}
