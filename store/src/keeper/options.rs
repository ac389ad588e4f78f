//! What a keeper needs besides a place and a clock.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use engine::machine::Machine;
use engine::runtime::{Case, Fact};
use engine::text::Strings;
use engine::time::Instant;

use crate::cases::{Failure, Standing, StreamId, Webhook};
use crate::keeper::RandomIds;
use crate::vault::StoreKey;

/// How a keeper works.
#[derive(Clone)]
pub struct Options {
    /// How many orders may wait; one more is told that the keeper is busy.
    pub queue_max: usize,
    /// How many orders are written in one transaction at most.
    pub batch_max: usize,
    /// How many decisions are held in memory at most, over all writers. A set of cases that alone
    /// has more is loaded each time.
    pub held_max: usize,
    /// How many threads write. One for SQLite, which has one writer; two to four for PostgreSQL.
    pub writers: usize,
    /// Who else writes to the place.
    pub company: Company,
    /// Whether the keeper stays.
    pub stay: Stay,
    /// How far in the future an instant may lie that a report brings, in milliseconds: it counts
    /// as the present. Clocks differ.
    pub skew_ms: i64,
    /// How long answers are kept under their idempotency key, in milliseconds.
    pub answers_ms: i64,
    /// How long the timers wait at most before they look at the clock and the place again.
    pub look_every: Duration,
    /// How many streams time acts on in one round of the timers at most.
    pub wakes_max: u32,
    /// What makes ids and secrets.
    pub ids: Arc<dyn Ids>,
    /// What writes the messages to receivers; nothing is sent where there is none.
    pub announce: Option<Arc<dyn Announce>>,
    /// The key under which the keys of persons are kept, with which personal values and reasons are
    /// sealed. Where there is none, a report that brings a personal value as itself is refused, and
    /// reasons stand in the record as they came.
    pub vault: Option<Arc<StoreKey>>,
}

/// Who else writes to the place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Company {
    /// No other node. Commands may write now and then where the place tells of it
    /// ([`crate::cases::Place::others`]): what is held in memory is what is kept until it does.
    Alone,
    /// Others may, all the time: what is held in memory is checked before it is used.
    Others,
}

/// Whether a keeper stays, or is there for a few orders.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stay {
    /// It stays: time acts on all cases, and its journals are its own.
    Resident,
    /// It ends soon, and there may be many like it, beside one that stays: time acts on the cases
    /// that are ordered about and on no others, and all of its kind share one journal.
    Passing,
}

impl Default for Options {
    fn default() -> Self {
        const DAY_MS: i64 = 86_400_000;
        Self {
            queue_max: 4_096,
            batch_max: 512,
            held_max: 200_000,
            writers: 1,
            company: Company::Alone,
            stay: Stay::Resident,
            skew_ms: 5_000,
            answers_ms: 7 * DAY_MS,
            look_every: Duration::from_secs(60),
            wakes_max: 256,
            ids: Arc::new(RandomIds::default()),
            announce: None,
            vault: None,
        }
    }
}

impl fmt::Debug for Options {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Options")
            .field("queue_max", &self.queue_max)
            .field("batch_max", &self.batch_max)
            .field("held_max", &self.held_max)
            .field("writers", &self.writers)
            .field("company", &self.company)
            .field("stay", &self.stay)
            .finish_non_exhaustive()
    }
}

/// What makes ids and secrets.
pub trait Ids: Send + Sync {
    /// The id of a new stream: a UUID of version 7, later than every one given before.
    ///
    /// # Errors
    /// [`Failure::Unavailable`] where the machine gives no random bytes.
    fn stream(&self, now: Instant) -> Result<StreamId, Failure>;

    /// A secret that nobody guesses: letters and digits.
    ///
    /// # Errors
    /// As [`Ids::stream`].
    fn secret(&self) -> Result<String, Failure>;
}

/// What writes the messages to receivers. Called by the writer, for each receiver and each fact of
/// a kind that it wants: it must be quick, and must not wait.
pub trait Announce: Send + Sync {
    /// What a receiver is sent about a fact; `None` where it is not to learn of it.
    fn body(&self, receiver: &Webhook, news: &News<'_>) -> Option<Vec<u8>>;
}

/// A fact that was recorded, and where.
#[derive(Clone, Copy, Debug)]
pub struct News<'a> {
    /// The machine of the fact: that of the stop, for a fact of one.
    pub machine: &'a Machine,
    /// The machine of the protocol.
    pub protocol: &'a Machine,
    /// The strings of the fact.
    pub strings: &'a Strings,
    /// How the stream stands after the decision that the fact is part of.
    pub standing: &'a Standing,
    /// The case, or the stop as a case of its machine.
    pub case: &'a Case,
    /// The fact.
    pub fact: &'a Fact,
    /// When it was recorded.
    pub recorded_at: Instant,
}
