//! What a protocol means: only valid values, every name resolved to a small number.
//!
//! Numbers are places in the lists of one [`Protocol`], in file order; they live inside one
//! protocol and are never stored. Folders and files have the names of `syntax/`, which holds
//! what was written; `check/` turns the one into the other.

mod citation;
mod id;
mod organisation;
mod point;
mod procedure;
mod protocol;
mod variable;

pub use citation::{Rule, RuleId};
pub use id::{
    CalendarId, ChannelId, ConditionId, DeadlineId, EventId, FieldId, LetterId, LevelId, RoleId,
    RungId, StageId,
};
pub use organisation::{Barred, Channel, Doer, Field, FieldKind, Function, Party, Preset, Role};
pub use point::Point;
pub use procedure::{
    After, Alternative, Branch, Carried, Choose, Condition, Deadline, Escalate, Event, Every,
    Extension, Lengthen, Letter, MetBy, Outcome, Pausing, Period, Policy, Rung, SetTo, Setting,
    Severity, SeverityRule, Stage, Statement, To, Transitions, WARNINGS_MAX, Warning,
};
pub use protocol::{Protocol, Sets};
pub use variable::Variable;
