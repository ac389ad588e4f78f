//! What happens to a case: events, stages, deadlines, the ladder and the severity.

mod built_in;
mod deadline;
mod event;
mod guarantee;
mod ladder;
mod record;
mod severity;
mod stage;
mod stop;

pub use built_in::BuiltIn;
pub use deadline::{
    Alternative, Choose, Deadline, Every, Extension, Lengthen, MetBy, Outcome, Period,
    WARNINGS_MAX, Warning,
};
pub use event::{Carried, Condition, Event, Form, Letter, LetterText, Statement, Words, WordsFor};
pub use guarantee::{Guarantee, Promise};
pub use ladder::{Escalate, Rung};
pub use record::{
    Agreed, BUILT_IN_OF_ENTRY, ENTRIES_OF_RECORD_MAX, EntryAct, EntryField, ForEach, OfRecord,
    Record,
};
pub use severity::{Policy, Severity, SeverityRule};
pub use stage::{After, Branch, Pausing, SetTo, Setting, Stage, To, Transitions};
pub use stop::{
    Covers, Stop, StopAppeal, StopClock, StopEvent, StopOutcome, StopRefuses, StopReview,
    StopStage, StopWarning,
};
