//! What is written: source text as spanned values, one type for each thing an author can write.
//!
//! Nothing here knows whether a name exists, whether a term can be read or whether a condition
//! makes sense; `check` finds that out. What this layer does promise: every key is known, every
//! value is of the kind its key takes, every list is in the order of the file, and what could not
//! be read has been reported. An `Option` that is `None` was left out, or was reported here.
//!
//! `organisation` is who there is and what there is to say; `procedure` is what happens and when.

pub mod limit;

mod value;

mod across;

mod organisation;

mod procedure;

mod written;

mod read;

mod include;

mod layer;

mod document;

pub mod form;

pub mod format;

mod table;

mod plain;

mod name;

mod encoding;

mod scan;

mod rules;

#[cfg(test)]
mod tests;

pub use across::{History, Trend};
pub(crate) use document::read as read_document;
pub use encoding::first_hidden;
pub(crate) use encoding::{is_hidden, readable};
pub(crate) use include::{LetterPath, letter as letter_path, offered, root_of};
pub use include::{protocols_wanted, shipped_wanted};
pub use layer::{Change, Effective as EffectiveText, Map, effective};
pub(crate) use name::{mentioned_fault, shown};
pub use organisation::{
    Calendar, Channel, ClosedOrOpen, Effective, Every, Field, Function, Help, Holiday, HolidaySet,
    Intake, Letter, LetterFile, OnDay, OpeningHours, Protocol, Retention, Role, Text, TimeRules,
    Valid, Word, Words,
};
pub use procedure::{
    Anywhere, AnywhereBranch, Carried, Condition, Counts, Deadline, EntryField, Escalate, Event,
    Extension, Guarantee, MetBy, Outcome, Pause, Record, Rung, Set, SetTo, Severity, SeverityRule,
    Stage, Stop, StopAppeal, StopProposal, StopRefuses, StopReview, StopWarning, TimedTransition,
    Times, Transition, Transitions, Within, WithinChoice, WithinLevel,
};
pub use read::read;
pub(crate) use rules::{too_many_entries, unknown_protocol};
pub(crate) use table::{Entry, Table};
pub use value::{Citation, Literal, Moment, Names, Script};
pub use written::{IcsFile, ScriptFile, Written};
