//! What a protocol means: only valid values, every name resolved to a small number.
//!
//! Numbers are places in the lists of one [`Protocol`], in file order; they live inside one
//! protocol and are never stored. Folders and files have the names of `syntax/`, which holds
//! what was written; `check/` turns the one into the other.

mod across;
mod citation;
mod id;
mod organisation;
mod point;
mod procedure;
mod protocol;
mod variable;

pub use across::{Asked, History, Question, Trend};
pub use citation::{Rule, RuleId};
pub use id::{
    AmendmentId, CalendarId, ChannelId, ConditionId, DeadlineId, EventId, FieldId, GuaranteeId,
    HelpId, IntakeId, LetterId, LevelId, RecordId, RetentionId, RoleId, RungId, StageId, StopId,
    TrendId,
};
pub use organisation::Retention;
pub use organisation::{
    Barred, Channel, Doer, Field, FieldKind, Function, Intake, Party, Preset, Role,
};
pub use organisation::{Confidential, Help, Readable};
pub use organisation::{TicketFault, TicketScheme};
pub use point::Point;
pub use procedure::{
    After, Agreed, Alternative, BUILT_IN_OF_ENTRY, Branch, BuiltIn, Carried, Choose, Condition,
    Covers, Deadline, ENTRIES_OF_RECORD_MAX, EntryAct, EntryField, Escalate, Event, Every,
    Extension, ForEach, Form, Guarantee, Lengthen, Letter, LetterText, MetBy, OfRecord, Outcome,
    Pausing, Period, Policy, Promise, Record, Rung, SetTo, Setting, Severity, SeverityRule, Stage,
    Statement, Stop, StopAppeal, StopClock, StopEvent, StopOutcome, StopRefuses, StopReview,
    StopStage, StopWarning, To, Transitions, WARNINGS_MAX, Warning, Words, WordsFor,
};
pub use protocol::{Protocol, Sets};
pub use variable::Variable;
