//! How a case runs: a machine, a case, an event and what comes from outside give a decision, a
//! refusal or a fault. Knows nothing of journals, of HTTP and of the present time.

mod apply;
mod assume;
mod case;
mod context;
mod decide;
mod due;
mod effect;
mod event;
mod explain;
mod fact;
mod fault;
mod fold;
mod reasons;
mod record;
mod refusal;
mod report;
mod view;

pub use apply::apply;
pub use assume::{Answer, Assumed, NoAnswer, due_for, start_at};
pub use case::{Act, Case, Clock, ClockState, Mark, MarkKind, Pending, Timer};
pub use context::Context;
pub use decide::{ACTS_MAX, Decision, Scratch, allowed, decide, decide_into, wake, wake_into};
pub use due::{ledger, next_due};
pub use effect::{Effect, EffectKind};
pub use event::{Actor, Event};
pub use explain::{Explanation, explain, explain_wake};
pub use fact::{Cancelled, ClockId, Fact, FactKind, SEMANTICS_VERSION, Times};
pub use fault::{Fault, FaultKind};
pub use fold::fold;
pub use reasons::Reason;
pub use record::{RECORD_VERSION, Record, record};
pub use refusal::{Backdated, NoDecision, NotExtended, Refusal, RefusalKind};
pub use report::{Given, Misread, REPORT_TEXT_MAX, Report, ReportedAt, read_report, read_value};
pub use view::View;
