//! What can happen, what follows from it, and who must do what by when.

pub(crate) mod condition;
pub(crate) mod deadline;
pub(crate) mod event;
pub(crate) mod guarantee;
pub(crate) mod ladder;
pub(crate) mod record;
pub(crate) mod severity;
pub(crate) mod stage;
pub(crate) mod stop;
pub(crate) mod transition;

pub use condition::Condition;
pub use deadline::{
    Counts, Deadline, Extension, MetBy, Outcome, Times, Within, WithinChoice, WithinLevel,
};
pub use event::{Carried, Event};
pub use guarantee::Guarantee;
pub use ladder::Rung;
pub use record::{EntryField, Record};
pub use severity::{Severity, SeverityRule};
pub use stage::{Anywhere, AnywhereBranch, Pause, Stage, TimedTransition, Transitions};
pub use stop::{Stop, StopAppeal, StopProposal, StopRefuses, StopReview, StopWarning};
pub use transition::{Escalate, Set, SetTo, Transition};
