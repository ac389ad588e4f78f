//! Two sets of readings of the same clocks beside each other.

use crate::zone::{Bounds, UNBOUNDED};

impl Bounds {
    /// Whether every reading of `other` is one of this set.
    ///
    /// # Panics
    /// They are sets of different clocks.
    #[must_use]
    pub fn has_all_of(&self, other: &Self) -> bool {
        assert_eq!(self.n(), other.n(), "sets of the same clocks");
        self.all().iter().zip(other.all()).all(|(mine, other)| mine >= other)
    }

    /// Widens the set to the smallest of this form that has every reading of `other` too. Says
    /// whether it grew.
    ///
    /// # Panics
    /// They are sets of different clocks.
    pub fn widen(&mut self, other: &Self) -> bool {
        assert_eq!(self.n(), other.n(), "sets of the same clocks");
        let mut grew = false;
        for (mine, other) in self.all_mut().iter_mut().zip(other.all()) {
            grew |= *mine < *other;
            *mine = (*mine).max(*other);
        }
        grew
    }

    /// As [`widen`](Self::widen), but where a bound grows nothing is said any more.
    pub(super) fn widen_far(&mut self, other: &Self) {
        for (mine, other) in self.all_mut().iter_mut().zip(other.all()) {
            if *mine < *other {
                *mine = UNBOUNDED;
            }
        }
        // Each bound was below what the others make it, or is forgotten: the set is not empty.
        let _ = self.close();
    }

    /// No longer tells readings of a clock apart that are above `most`: so there are finitely
    /// many sets, where only whether it is above matters. Nothing changes while it cannot be.
    #[must_use]
    pub fn blur_above(&mut self, clock: usize, most: i32) -> bool {
        let n = self.n();
        for other in (0..n).filter(|&it| it != clock) {
            if self.get(clock, other) > most {
                self.set(clock, other, UNBOUNDED);
            }
            // Whole numbers above `most` are at least one more.
            if -self.get(other, clock) > most + 1 {
                self.set(other, clock, -most - 1);
            }
        }
        self.close()
    }
}
