//! How a case runs: a machine, a case, an event and what comes from outside give a decision, a
//! refusal or a fault. Knows nothing of journals, of HTTP and of the present time.

mod answer;
mod case;
mod decide;
mod event;
mod fact;

pub use answer::{
    Answer, Assumed, Backdated, ByItself, Explanation, Fault, FaultKind, Hinge, Left, May,
    NoAnswer, NoDecision, NotExtended, Outlook, Owed, Persons, Possible, Reason, Refusal,
    RefusalKind, Stance, due_for, explain, explain_wake, outlook, possible, start_at,
};
pub use case::{
    Act, Case, Clock, ClockState, Mark, MarkKind, Pending, Timer, View, apply, fold, ledger,
    next_due,
};
pub use decide::{ACTS_MAX, Decision, Scratch, allowed, decide, decide_into, wake, wake_into};
pub use event::{
    Actor, Context, Event, Given, Misread, REPORT_TEXT_MAX, Report, ReportedAt, read_report,
    read_value,
};
pub use fact::{
    Cancelled, ClockId, Effect, EffectKind, Fact, FactKind, RECORD_VERSION, Record,
    SEMANTICS_VERSION, Times, record,
};
