//! What happened, reported by somebody.

use crate::model::{ChannelId, EventId, FieldId, Party};
use crate::script::Value;
use crate::text::Symbol;
use crate::time::Instant;

/// Somebody who acts: a party, and which person, as an opaque id that means nothing to the
/// engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Actor {
    /// In which capacity.
    pub party: Party,
    /// Which person.
    pub person: Option<Symbol>,
}

/// An event of one protocol, its names resolved by [`read_report`](crate::runtime::read_report).
/// Valid in itself; whether it is allowed is what `decide` says.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// The caller's id, unique within the case.
    pub id: Symbol,
    /// Its type.
    pub kind: EventId,
    /// When it happened; the law counts from it. With `date_only`, the first instant of the day
    /// in the protocol's zone.
    pub at: Instant,
    /// Whether only the date is known: it counts as within that day.
    pub date_only: bool,
    /// When it reached the organisation's records.
    pub recorded_at: Instant,
    /// Whose act it is.
    pub actor: Actor,
    /// Who entered it for them.
    pub entered_by: Option<Actor>,
    /// How it came.
    pub channel: Option<ChannelId>,
    /// The fields it brings, in order of the fields, each once.
    pub data: Vec<(FieldId, Value)>,
    /// The reason given.
    pub reason: Option<Symbol>,
    /// The person who complains, for the event that opens the case.
    pub complainant: Option<Symbol>,
    /// The person complained about, for the event that opens the case.
    pub respondent: Option<Symbol>,
}

impl Event {
    /// The value that the event brings for a field.
    #[must_use]
    pub fn brings(&self, field: FieldId) -> Option<Value> {
        self.data.iter().find(|(id, _)| *id == field).map(|(_, value)| *value)
    }
}
