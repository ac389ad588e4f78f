//! What a protocol means: only valid values, every name resolved to a small number.
//!
//! Numbers are places in the lists of one [`Protocol`], in file order; they live inside one
//! protocol and are never stored. The files have the names of `syntax/`, which holds what was
//! written; `check/` turns the one into the other.

mod citation;
mod deadline;
mod event;
mod field;
mod id;
mod ladder;
mod party;
mod point;
mod protocol;
mod severity;
mod stage;
mod variable;

pub use citation::{Rule, RuleId};
pub use deadline::{
    Alternative, Choose, Deadline, Every, Extension, Lengthen, MetBy, Outcome, Period, Warning,
};
pub use event::{Carried, Condition, Event, Letter, Statement};
pub use field::{Channel, Field, FieldKind, Function, Preset};
pub use id::{
    CalendarId, ChannelId, ConditionId, DeadlineId, EventId, FieldId, LetterId, LevelId, RoleId,
    RungId, StageId,
};
pub use ladder::{Escalate, Rung};
pub use party::{Barred, Doer, Party, Role};
pub use point::Point;
pub use protocol::{Protocol, Sets};
pub use severity::{Policy, Severity, SeverityRule};
pub use stage::{After, Branch, Pausing, SetTo, Setting, Stage, To, Transitions};
pub use variable::Variable;
