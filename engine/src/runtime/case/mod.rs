//! A case: its state, how facts make it, when time acts on it, and what conditions see of it.

mod apply;
pub(crate) mod counted;
pub(crate) mod due;
mod entries;
mod fold;
mod state;
mod view;

pub use apply::apply;
pub use due::{ledger, next_due};
pub use entries::{Entries, Entry};
pub use fold::{fold, standing};
pub use state::{
    Act, Case, Clock, ClockState, Mark, MarkKind, Pending, PromiseState, Promised, Timer,
};
pub use view::View;
