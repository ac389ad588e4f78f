//! What a condition may read of a case.

use crate::model::{DeadlineId, FieldId, LetterId};

/// The meaning of a variable of the scope; its place in `Protocol::variables` is the number that
/// a condition holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Variable {
    /// The value of a field, as the event being decided brings it or as the case holds it.
    Field(FieldId),
    /// `severity`.
    Severity,
    /// `rung`.
    Rung,
    /// `stage`.
    Stage,
    /// `channel`: that of the event being decided.
    Channel,
    /// `channel.written`: whether the event being decided came in writing; false where it names
    /// no channel.
    ChannelWritten,
    /// `by`: the role whose act the event is; also `complainant`, `respondent`, `system`.
    By,
    /// `event`.
    Event,
    /// `intake`: as what the case was taken in, or what it has become.
    Intake,
    /// `met("D")`: the latest instance was met, in time or late.
    Met(DeadlineId),
    /// `breached("D")`: the latest instance ran out unmet, whatever came after.
    Breached(DeadlineId),
    /// `breached_ever("D")`: any instance ran out unmet.
    BreachedEver(DeadlineId),
    /// `running("D")`: the latest instance is open, not paused, and its time is not up.
    Running(DeadlineId),
    /// `lapsed("D")`: the latest instance of the window ran out unused.
    Lapsed(DeadlineId),
    /// `sent("L")`: the letter became due at least once.
    Sent(LetterId),
    /// `history.cases("12 months")` and the like: the answer to a question, by its place in
    /// [`History::questions`](crate::model::History), as the latest event brought it.
    History(u16),
}
