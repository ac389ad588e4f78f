//! Answers to people: why not, why, what would be, what may happen now and what lies ahead.

mod assume;
mod brought;
mod entry;
mod explain;
mod fault;
mod outlook;
mod possible;
pub(crate) mod reasons;
mod refusal;
mod retention;
#[cfg(test)]
mod tests;

pub use assume::{Answer, Assumed, NoAnswer, due_for, due_with_term, start_at};
pub use explain::{Explanation, explain, explain_wake};
pub use fault::{Fault, FaultKind};
pub use outlook::{ByItself, Left, Outlook, Owed, entry_of, outlook};
pub use possible::{Hinge, May, Persons, Possible, Stance, possible};
pub use reasons::{Oracle, Reason};
pub use refusal::{
    Backdated, EntryFault, NoDecision, NotExtended, Refusal, RefusalKind, Uncorrectable,
};
pub use retention::{Erasure, Retained, erasable, retention};
