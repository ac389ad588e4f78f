//! The bounds themselves.

use std::fmt;

/// The bound that bounds nothing. Sums of two of them do not overflow, and any true bound is far
/// below: over 700,000 years in days, 510 years in minutes.
pub const UNBOUNDED: i32 = 1 << 28;

/// A set of readings of clocks, all of them whole numbers of one unit and none below 0: for any
/// two clocks, how far the one may be ahead of the other at most. Every bound belongs to the set.
///
/// Clock 0 is always 0, so that a bound against it is a bound on the clock itself. Between calls
/// each bound is as small as the others make it, and the set is not empty.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Bounds {
    n: usize,
    /// `at[i * n + j]`: clock `i` minus clock `j` is at most this.
    at: Vec<i32>,
}

impl Bounds {
    /// `clocks` clocks that all read 0.
    #[must_use]
    pub fn zero(clocks: usize) -> Self {
        let n = clocks + 1;
        Self { n, at: vec![0; n * n] }
    }

    /// How many clocks there are, without the one that is always 0.
    #[must_use]
    pub const fn clocks(&self) -> usize {
        self.n - 1
    }

    /// How far clock `i` may be ahead of clock `j` at most. [`UNBOUNDED`] where nothing says.
    ///
    /// # Panics
    /// There is no such clock.
    #[must_use]
    pub fn get(&self, i: usize, j: usize) -> i32 {
        self.at[i * self.n + j]
    }

    /// The least and the greatest reading of a clock.
    ///
    /// # Panics
    /// There is no such clock.
    #[must_use]
    pub fn reading(&self, clock: usize) -> (i32, i32) {
        (-self.get(0, clock), self.get(clock, 0))
    }

    pub(super) const fn n(&self) -> usize {
        self.n
    }

    pub(super) fn set(&mut self, i: usize, j: usize, bound: i32) {
        self.at[i * self.n + j] = bound;
    }

    pub(super) fn all(&self) -> &[i32] {
        &self.at
    }

    pub(super) fn all_mut(&mut self) -> &mut [i32] {
        &mut self.at
    }

    pub(super) fn replace(&mut self, n: usize, at: Vec<i32>) {
        debug_assert_eq!(n * n, at.len());
        self.n = n;
        self.at = at;
    }
}

impl fmt::Debug for Bounds {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rows = self
            .at
            .chunks(self.n)
            .map(|row| row.iter().map(|&it| (it < UNBOUNDED).then_some(it)).collect::<Vec<_>>());
        out.debug_list().entries(rows).finish()
    }
}
