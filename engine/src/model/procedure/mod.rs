//! What happens to a case: events, stages, deadlines, the ladder and the severity.

mod deadline;
mod event;
mod ladder;
mod severity;
mod stage;

pub use deadline::{
    Alternative, Choose, Deadline, Every, Extension, Lengthen, MetBy, Outcome, Period,
    WARNINGS_MAX, Warning,
};
pub use event::{Carried, Condition, Event, Letter, Statement};
pub use ladder::{Escalate, Rung};
pub use severity::{Policy, Severity, SeverityRule};
pub use stage::{After, Branch, Pausing, SetTo, Setting, Stage, To, Transitions};
