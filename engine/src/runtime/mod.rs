//! How a case runs: a machine, a case, an event and what comes from outside give a decision, a
//! refusal or a fault. Knows nothing of files, of HTTP and of the present time.

mod across;
mod answer;
mod case;
mod correct;
mod decide;
mod event;
mod fact;
mod stops;
mod visible;

pub(crate) use across::one_short;
pub use across::{
    CaseKey, Change, Changed, Followed, Gathered, Held, HeldStop, Kept, Past, Register, Seen,
    Signal, Standing, StopKey, Taken, is_upheld, seen_by, stop_seen_by, trends,
};
pub use answer::{
    Answer, Assumed, Backdated, ByItself, EntryFault, Erasure, Explanation, Fault, FaultKind,
    Hinge, Left, May, NoAnswer, NoDecision, NotExtended, Oracle, Outlook, Owed, Persons, Possible,
    Reason, Refusal, RefusalKind, Retained, Stance, Uncorrectable, due_for, due_with_term,
    entry_of, erasable, explain, explain_wake, outlook, possible, retention, start_at,
};
pub use case::{
    Act, Case, Clock, ClockState, Entries, Entry, Mark, MarkKind, Pending, PromiseState, Promised,
    Timer, View, apply, fold, ledger, next_due, standing,
};
pub use correct::{
    Correction, Journal, News, Posted, Reading, Recorded, as_known_at, as_true_at, correct, news,
    post, posted,
};
pub use decide::{
    ACTS_MAX, Amending, Counts, Decision, Scratch, Warns, act_asking, allowed, amend, decide,
    decide_asking, decide_into, end_for, wake, wake_into, warns_for,
};
pub(crate) use decide::{party, who};
pub use event::{
    Actor, Context, Event, Given, Misread, REPORT_TEXT_MAX, Report, ReportedAt, Revised, Revision,
    is_evidence, read_report, read_value,
};
pub use fact::{
    Cancelled, ClockId, Effect, EffectKind, Fact, FactKind, RECORD_VERSION, Record,
    SEMANTICS_VERSION, Times, record,
};
pub use stops::{
    StopDates, StopStream, case_ends, decide_stop, explain_stop, imposed_before, proposal,
    proposed_by_itself, refused_act,
};
pub(crate) use visible::is_open;
pub use visible::{may_read, visible};
