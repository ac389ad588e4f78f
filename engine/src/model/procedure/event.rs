//! Events, the conditions they need, and the letters they send.

use crate::model::{Barred, ChannelId, ConditionId, DeadlineId, Doer, FieldId, RuleId};
use crate::script::Expr;

/// A kind of event that people report.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// Its name in the file.
    pub name: String,
    /// Its name for people.
    pub title: String,
    /// Whose act it may be. The first is meant where a scenario names nobody.
    pub by: Vec<Doer>,
    /// Who may enter it for them.
    pub entered_by: Vec<Doer>,
    /// The fields it brings.
    pub carries: Vec<Carried>,
    /// Whether it must state a reason.
    pub reason: bool,
    /// Whether it must come by a channel that is in writing.
    pub written: bool,
    /// Conditions that must hold, in every stage.
    pub requires: Vec<ConditionId>,
    /// Who may not do it.
    pub not_by: Vec<Barred>,
    /// The entry.
    pub rule: RuleId,
}

/// A field that an event brings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Carried {
    /// The field.
    pub field: FieldId,
    /// Whether the event must bring it.
    pub required: bool,
}

/// A named condition with the sentence that a refusal says.
#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    /// Its name in the file.
    pub name: String,
    /// The sentence that must hold.
    pub says: String,
    /// What must be true.
    pub is: Expr,
    /// The entry.
    pub rule: RuleId,
}

/// A document to a party.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// Its name in the file.
    pub name: String,
    /// Its name for people.
    pub title: String,
    /// To whom.
    pub to: Vec<Doer>,
    /// Who receives a copy.
    pub copy: Vec<Doer>,
    /// What its text must state.
    pub states: Vec<Statement>,
    /// The form: `formal`, or what the house calls it.
    pub form: Option<String>,
    /// The channel that it leaves by, where the protocol says one.
    pub channel: Option<ChannelId>,
    /// The entry.
    pub rule: RuleId,
}

/// Something that the text of a letter must state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Statement {
    /// The value of a field.
    Field(FieldId),
    /// The ticket number.
    Ticket,
    /// The reason given with the event.
    Reason,
    /// The due instant of a deadline.
    Due(DeadlineId),
    /// The title of the handler's role.
    HandlerTitle,
    /// A text of `[texts]`, by name.
    Text(String),
}
