//! Something that happens at an instant.

use crate::model::{DeadlineId, EventId, FieldId, LetterId, RungId, StageId};

/// What clocks start, stop and end on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Point {
    /// An event is accepted.
    Event(EventId),
    /// `letter:L`: the letter becomes due to be sent.
    Letter(LetterId),
    /// `stage:S`: the stage is entered.
    Stage(StageId),
    /// `rung:R`: the rung is reached by escalation.
    Rung(RungId),
    /// `escalated`: the case goes up, whichever rung.
    Escalated,
    /// `reopened`: the case leaves an end stage.
    Reopened,
    /// `met:D`.
    Met(DeadlineId),
    /// `breach:D`.
    Breach(DeadlineId),
    /// `lapse:D`.
    Lapse(DeadlineId),
    /// `extended:D`.
    Extended(DeadlineId),
    /// A date field is set. A clock that starts on it counts from that date.
    Date(FieldId),
}
