//! What is counted while messages are sent.

use std::sync::atomic::{AtomicU64, Ordering};

/// Figures for the metrics.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// Messages that arrived, each of a digest counted.
    pub arrived: u64,
    /// Digests that arrived.
    pub digests: u64,
    /// Tries that failed, the last ones included.
    pub failed: u64,
    /// Messages that were given up.
    pub dead: u64,
    /// Receivers that said that they are gone and were turned off.
    pub gone: u64,
    /// Requests that are under way now.
    pub in_flight: u64,
}

/// The same, while it is being counted.
#[derive(Debug, Default)]
pub(super) struct Counters {
    pub(super) arrived: AtomicU64,
    pub(super) digests: AtomicU64,
    pub(super) failed: AtomicU64,
    pub(super) dead: AtomicU64,
    pub(super) gone: AtomicU64,
    pub(super) in_flight: AtomicU64,
}

impl Counters {
    pub(super) fn read(&self) -> Figures {
        let of = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        Figures {
            arrived: of(&self.arrived),
            digests: of(&self.digests),
            failed: of(&self.failed),
            dead: of(&self.dead),
            gone: of(&self.gone),
            in_flight: of(&self.in_flight),
        }
    }
}

pub(super) fn add(counter: &AtomicU64, n: usize) {
    counter.fetch_add(n as u64, Ordering::Relaxed);
}
