//! Answers to people: why not, why, and what would be.

mod assume;
mod explain;
mod fault;
pub(crate) mod reasons;
mod refusal;

pub use assume::{Answer, Assumed, NoAnswer, due_for, start_at};
pub use explain::{Explanation, explain, explain_wake};
pub use fault::{Fault, FaultKind};
pub use reasons::Reason;
pub use refusal::{Backdated, NoDecision, NotExtended, Refusal, RefusalKind};
