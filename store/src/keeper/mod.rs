//! Decides what is ordered, keeps it, and answers when it is kept.
//!
//! A [`Keeper`] holds a place for cases. Orders go into a queue that has an end; writers take what
//! waits, decide it one after the other on the cases that they hold in memory, write all of it in
//! one transaction, and only then answer. Time acts through the same queue.
//!
//! ```text
//! Keeper::start(place: Arc<dyn Place>, clock: Arc<dyn Clock>, options: Options) -> Result<Keeper, Failure>
//! keeper.submit(order)                    never waits; the answer comes through `order.done`
//! keeper.stop()                           takes nothing more, finishes what waits, ends the threads
//! keeper.figures() -> Figures             for metrics: waiting, batches, lateness of timers, stuck
//!
//! keeper.add_protocol(tenant, &SourceSet) -> Result<Result<Arc<Loaded>, Diagnostics>, Failure>
//! keeper.activate(tenant, hash, from) -> Result<bool, Failure>
//! keeper.protocol(tenant, hash) -> Result<Option<Arc<Loaded>>, Failure>
//! keeper.in_use(tenant, protocol_id, at) -> Result<Option<Arc<Loaded>>, Failure>
//!
//! keeper.look(tenant, stream, Reading) -> Result<Option<Look>, Failure>
//!     Reading::{Now, AsKnownAt(Instant), AsTrueAt(Instant)}
//!     Look { loaded, strings, standing, case, facts, kept, read_at } with
//!         .allowed() .timeline() .ledger(deadline, occurrence) .letter(..)
//! keeper.place()                          `list`, `worklist`, `by_ticket` are those of the place
//! ```

mod order;
mod outcome;

pub use order::{Act, Done, Key, Mode, Order, Render, Reply, Undone};
pub use outcome::{Accepted, NotDecided, Outcome, Scene, Stopped};
