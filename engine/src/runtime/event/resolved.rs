//! What happened, reported by somebody.

use crate::machine::Machine;
use crate::model::{ChannelId, EventId, FieldId, IntakeId, LetterId, Party, StopId};
use crate::runtime::Revised;
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
    /// The fields of the case that it brings, in order of the fields, each once.
    pub data: Vec<(FieldId, Value)>,
    /// The id of the entry that it adds, changes or does, for an event of a record.
    pub entry: Option<Symbol>,
    /// The fields of the entry that it brings, by place, in order of the fields, each once.
    pub entry_data: Vec<(u16, Value)>,
    /// What was known of the person's other cases: the answer to each question of the protocol, in
    /// its order. Empty where nobody looked.
    pub history: Vec<Value>,
    /// The reason given.
    pub reason: Option<Symbol>,
    /// The person who complains, for the event that opens or converts the case.
    pub complainant: Option<Symbol>,
    /// The person complained about, for the event that opens the case.
    pub respondent: Option<Symbol>,
    /// What it says of an earlier event, for `corrected`.
    pub revision: Option<Revised>,
    /// The stop that it is about. Its type and what it brings are then those of the machine of
    /// the stop.
    pub stop: Option<StopId>,
    /// The stops in force for the person, sorted, each once.
    pub stops: Vec<StopId>,
    /// The other case that a built-in event names, as an opaque id.
    pub case: Option<Symbol>,
    /// The letter that failed.
    pub letter: Option<LetterId>,
    /// As what a case is taken in, for the event that opens it; the first kind where not said.
    pub intake: Option<IntakeId>,
}

impl Event {
    /// An event that happened at an instant and was recorded at once. It brings nothing else.
    #[must_use]
    pub const fn new(id: Symbol, kind: EventId, at: Instant, actor: Actor) -> Self {
        Self {
            id,
            kind,
            at,
            date_only: false,
            recorded_at: at,
            actor,
            entered_by: None,
            channel: None,
            data: Vec::new(),
            entry: None,
            entry_data: Vec::new(),
            history: Vec::new(),
            reason: None,
            complainant: None,
            respondent: None,
            revision: None,
            stop: None,
            stops: Vec::new(),
            case: None,
            letter: None,
            intake: None,
        }
    }

    /// The machine that decides it: that of its stop, else that of the case.
    #[must_use]
    pub fn decided_by<'m>(&self, machine: &'m Machine) -> &'m Machine {
        self.stop.and_then(|stop| machine.stop(stop)).unwrap_or(machine)
    }

    /// The value that the event brings for a field.
    #[must_use]
    pub fn brings(&self, field: FieldId) -> Option<Value> {
        self.data.iter().find(|(id, _)| *id == field).map(|(_, value)| *value)
    }

    /// The value that the event brings for the field of its entry with this place.
    #[must_use]
    pub fn brings_to_entry(&self, field: u16) -> Option<Value> {
        self.entry_data.iter().find(|(place, _)| *place == field).map(|(_, value)| *value)
    }
}
