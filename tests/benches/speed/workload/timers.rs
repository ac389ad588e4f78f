//! The timers of all cases: one binary heap, for the baseline and the engine alike. A timer that
//! is no longer wanted stays until its time and is then passed over.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// What a timer is for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Cause {
    pub(crate) case: u32,
    pub(crate) clock: u8,
}

/// The timers, earliest first.
pub(crate) struct Timers(BinaryHeap<Reverse<(i64, Cause)>>);

impl Timers {
    pub(crate) fn new(room: usize) -> Self {
        Self(BinaryHeap::with_capacity(room))
    }

    pub(crate) fn push(&mut self, at: i64, cause: Cause) {
        self.0.push(Reverse((at, cause)));
    }

    /// Takes out the earliest timer, if it is before an instant.
    #[inline]
    pub(crate) fn next_before(&mut self, at: i64) -> Option<Cause> {
        match self.0.peek() {
            Some(Reverse((due, _))) if *due < at => self.0.pop().map(|Reverse((_, cause))| cause),
            _ => None,
        }
    }
}
