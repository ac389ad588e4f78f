//! What a keeper tells of itself, for metrics.

use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

/// The upper ends of the steps in which the sizes of transactions are counted, in decisions.
pub const BATCH_STEPS: [u64; 10] = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512];

/// What a keeper tells of itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// How many orders wait now.
    pub waiting: u64,
    /// How many decisions are held in memory now.
    pub held: u64,
    /// How many transactions were written.
    pub batches: u64,
    /// How many decisions were written.
    pub decisions: u64,
    /// How many transactions had at most so many decisions as [`BATCH_STEPS`] says.
    pub batch_steps: [u64; BATCH_STEPS.len()],
    /// How often somebody else wrote first, or a stream was found to be another.
    pub overtaken: u64,
    /// How often the store failed.
    pub failures: u64,
    /// On how many streams the timers let time act.
    pub wakes: u64,
    /// How late the timers were when they last acted, in milliseconds; 0 or more.
    pub late_ms: u64,
    /// How long the earliest act of time waits now, in milliseconds; 0 where none is due.
    pub behind_ms: u64,
    /// On how many streams time cannot act, because a condition breaks or the record is damaged.
    pub stuck: u64,
}

/// The same, as it is counted.
#[derive(Debug, Default)]
pub(crate) struct Counters {
    pub(crate) held: AtomicI64,
    pub(crate) batches: AtomicU64,
    pub(crate) decisions: AtomicU64,
    pub(crate) batch_steps: [AtomicU64; BATCH_STEPS.len()],
    pub(crate) overtaken: AtomicU64,
    pub(crate) failures: AtomicU64,
    pub(crate) wakes: AtomicU64,
    pub(crate) late_ms: AtomicU64,
    pub(crate) behind_ms: AtomicU64,
    pub(crate) stuck: AtomicU64,
}

impl Counters {
    pub(crate) fn read(&self, waiting: usize) -> Figures {
        let get = |it: &AtomicU64| it.load(Ordering::Relaxed);
        Figures {
            waiting: u64::try_from(waiting).unwrap_or(u64::MAX),
            held: u64::try_from(self.held.load(Ordering::Relaxed)).unwrap_or(0),
            batches: get(&self.batches),
            decisions: get(&self.decisions),
            batch_steps: std::array::from_fn(|at| get(&self.batch_steps[at])),
            overtaken: get(&self.overtaken),
            failures: get(&self.failures),
            wakes: get(&self.wakes),
            late_ms: get(&self.late_ms),
            behind_ms: get(&self.behind_ms),
            stuck: get(&self.stuck),
        }
    }
}

impl Counters {
    /// Counts a transaction with so many decisions.
    pub(crate) fn written(&self, n_decisions: usize) {
        add(&self.batches, 1);
        add(&self.decisions, n_decisions);
        let size = u64::try_from(n_decisions).unwrap_or(u64::MAX);
        for (step, end) in self.batch_steps.iter().zip(BATCH_STEPS) {
            add(step, usize::from(size <= end));
        }
    }
}

/// Adds to a counter.
pub(crate) fn add(counter: &AtomicU64, n: usize) {
    counter.fetch_add(u64::try_from(n).unwrap_or(u64::MAX), Ordering::Relaxed);
}
