//! What time, and what happens, does to a set of readings.

use crate::zone::{Bounds, UNBOUNDED};

/// Two bounds one after the other.
pub(super) const fn sum(a: i32, b: i32) -> i32 {
    if a >= UNBOUNDED || b >= UNBOUNDED { UNBOUNDED } else { a + b }
}

impl Bounds {
    /// Any time passes. Clocks of which `runs` says no keep their reading.
    ///
    /// Where some stand, this is the smallest set of this form that has every reading: that the
    /// standing ones stood for the same time is lost.
    pub fn elapse(&mut self, runs: impl Fn(usize) -> bool) {
        for i in 1..self.n() {
            if !runs(i) {
                continue;
            }
            for j in 0..self.n() {
                if j == 0 || !runs(j) {
                    self.set(i, j, UNBOUNDED);
                }
            }
        }
        // Every way from a running clock to a standing one is open now, so no sum is smaller than
        // what stands: nothing has to be closed.
    }

    /// Keeps the readings in which clock `i` is at most `bound` ahead of clock `j`. Says whether
    /// there are any; where there are none, the set must not be used any more.
    #[must_use]
    pub fn keep(&mut self, i: usize, j: usize, bound: i32) -> bool {
        if bound >= self.get(i, j) {
            return true;
        }
        if sum(bound, self.get(j, i)) < 0 {
            return false;
        }
        self.set(i, j, bound);
        for from in 0..self.n() {
            let to_i = sum(self.get(from, i), bound);
            if to_i >= UNBOUNDED {
                continue;
            }
            for to in 0..self.n() {
                let through = sum(to_i, self.get(j, to));
                if through < self.get(from, to) {
                    self.set(from, to, through);
                }
            }
        }
        true
    }

    /// A new clock that reads 0, before clock `at`.
    ///
    /// # Panics
    /// `at` is 0 or leaves a gap.
    pub fn insert(&mut self, at: usize) {
        self.insert_like(at, 0);
    }

    /// A new clock that reads what another does, before clock `at`. The other is numbered as
    /// before.
    ///
    /// # Panics
    /// `at` is 0 or leaves a gap, or there is no such other.
    pub fn insert_like(&mut self, at: usize, of: usize) {
        assert!((1..=self.n()).contains(&at), "clock {at} of {}", self.clocks());
        let n = self.n() + 1;
        // The clock whose bounds a place has: the new one has those of the other.
        let old = |place: usize| match place.cmp(&at) {
            std::cmp::Ordering::Less => place,
            std::cmp::Ordering::Equal => of,
            std::cmp::Ordering::Greater => place - 1,
        };
        let cells = (0..n).flat_map(|i| (0..n).map(move |j| (i, j)));
        let cells = cells.map(|(i, j)| self.get(old(i), old(j))).collect();
        self.replace(n, cells);
    }

    /// Forgets a clock.
    ///
    /// # Panics
    /// There is no such clock.
    pub fn remove(&mut self, clock: usize) {
        assert!((1..self.n()).contains(&clock), "clock {clock} of {}", self.clocks());
        let n = self.n();
        let kept = (0..n).filter(|&it| it != clock);
        let cells = kept.clone().flat_map(|i| kept.clone().map(move |j| (i, j)));
        let cells = cells.map(|(i, j)| self.get(i, j)).collect();
        self.replace(n - 1, cells);
    }

    /// A clock reads 0 again.
    ///
    /// # Panics
    /// There is no such clock, or it is the one that is always 0.
    pub fn restart(&mut self, clock: usize) {
        assert!((1..self.n()).contains(&clock), "clock {clock} of {}", self.clocks());
        for other in 0..self.n() {
            let (ahead, behind) = (self.get(0, other), self.get(other, 0));
            self.set(clock, other, ahead);
            self.set(other, clock, behind);
        }
        self.set(clock, clock, 0);
    }

    /// A clock may read anything from 0 up.
    ///
    /// # Panics
    /// There is no such clock, or it is the one that is always 0.
    pub fn forget(&mut self, clock: usize) {
        assert!((1..self.n()).contains(&clock), "clock {clock} of {}", self.clocks());
        for other in (0..self.n()).filter(|&it| it != clock) {
            self.set(clock, other, UNBOUNDED);
            self.set(other, clock, self.get(other, 0));
        }
    }

    /// A clock may read one more or one less than it does, but not below 0.
    ///
    /// # Panics
    /// There is no such clock, or it is the one that is always 0.
    pub fn loosen(&mut self, clock: usize) {
        assert!((1..self.n()).contains(&clock), "clock {clock} of {}", self.clocks());
        for other in (0..self.n()).filter(|&it| it != clock) {
            self.set(clock, other, sum(self.get(clock, other), 1));
            self.set(other, clock, sum(self.get(other, clock), 1));
        }
        // No clock reads less than 0, which lies this one at least at what it was.
        let above = self.keep(0, clock, 0);
        debug_assert!(above, "a clock can read 0 or more");
    }

    /// Makes every bound as small as the others make it. Says whether there is any reading.
    #[must_use]
    pub(crate) fn close(&mut self) -> bool {
        let n = self.n();
        for through in 0..n {
            for i in 0..n {
                let first = self.get(i, through);
                if first >= UNBOUNDED {
                    continue;
                }
                for j in 0..n {
                    // Where there is no reading at all the sums fall without end.
                    let both = sum(first, self.get(through, j)).max(-UNBOUNDED);
                    if both < self.get(i, j) {
                        self.set(i, j, both);
                    }
                }
            }
        }
        (0..n).all(|i| self.get(i, i) >= 0)
    }
}
