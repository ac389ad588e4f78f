//! One step of a course that a case can take, without the instant at which it is taken.

use engine::model::{ChannelId, DeadlineId, EventId, FieldId, GuaranteeId, IntakeId, Party};
use engine::script::Value;

/// A step: somebody reports something, or time acts on one thing.
#[derive(Clone, Debug, PartialEq)]
pub enum Taken {
    /// An event is reported.
    Event(Reported),
    /// A deadline runs out: a breach, or the lapse of a window.
    Clock(DeadlineId),
    /// A pause of a deadline ends by its limit.
    Resumes(DeadlineId),
    /// A timed transition of the stage acts, by its place in `after`.
    Timer(u16),
    /// A guarantee is broken because its term is over.
    Promise(GuaranteeId),
}

/// An event as it was chosen: whoever reports it is somebody who has done nothing before.
#[derive(Clone, Debug, PartialEq)]
pub struct Reported {
    /// Its type.
    pub event: EventId,
    /// Whose act it is.
    pub by: Party,
    /// How it comes.
    pub channel: Option<ChannelId>,
    /// As what a case is taken in.
    pub intake: Option<IntakeId>,
    /// What it brings; where any value would do, one of them.
    pub data: Vec<(FieldId, Value)>,
    /// For an event of a record: which of its entries, from 1, in order of their being added.
    pub entry: Option<u16>,
    /// What it brings to the entry, by place.
    pub entry_data: Vec<(u16, Value)>,
    /// What is known of the person's other cases, by question: unset where this one is not asked;
    /// empty where none is.
    pub history: Vec<Value>,
}
