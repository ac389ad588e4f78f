//! Decides what is ordered, keeps it, and answers when it is kept.
//!
//! A [`Keeper`] holds a place for cases. Orders go into a queue that has an end; writers take what
//! waits, decide it one after the other on the cases that they hold in memory, write all of it in
//! one transaction, and only then answer. Time acts through the same queue.
//!
//! Before an order is decided, time acts on its cases up to the instant at which it is recorded:
//! one due instant after the other, each a decision of its own that is recorded at that instant.
//! So the record is the same whether the keeper was up at each of them or slept.
//!
//! Reading does not go through the queue: [`Keeper::look`] reads what is kept, on the thread of
//! whoever asks.

mod amending;
mod figures;
mod handle;
mod ids;

mod options;
mod order;
mod outcome;
mod protocols;
mod queue;
mod reading;
mod set;
#[cfg(test)]
mod tests;
mod timers;
mod writing;

pub use amending::{NewAmendment, NotAmended};
pub use figures::{BATCH_STEPS, Figures};
pub use handle::Keeper;
pub(crate) use handle::Shared;
pub use ids::RandomIds;
pub use options::{Announce, Company, Ids, News, Options, Stay};
pub use order::{Act, Done, Key, Mode, Order, Render, Reply, Undone};
pub use outcome::{Accepted, NotDecided, Outcome, Scene, Stopped};
pub use protocols::Loaded;
pub(crate) use protocols::{Shelf, respondent};
pub use reading::{Look, Reader, Reading, Sent, Unread};
pub(crate) use set::{Held, Whose, WorkingSet, add, decisions_of, load as load_set, whose};
#[cfg(test)]
pub(crate) use tests::world;
pub(crate) use writing::{duties, standing, state};
