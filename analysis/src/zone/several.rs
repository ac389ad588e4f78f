//! The clocks of a case in several bases at once.

use crate::bases::{BaseId, Bases, Counting, Length};
use crate::zone::{Bounds, UNBOUNDED};

/// What is held of a clock besides its readings: how long it takes and whether it runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Running {
    /// How long it takes.
    pub length: Length,
    /// Whether it runs.
    pub hold: Hold,
    /// What acts first of what is due at one instant: the lower. Guarantees act last.
    pub rank: u32,
}

/// What time does to a clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Hold {
    /// It runs, and acts when it is due, so that it never reads more.
    Runs,
    /// It stands still.
    Stands,
    /// It runs and does not act: what counts from there does not exist yet, or is over. It is told
    /// apart no further than its length.
    Waits,
    /// It runs beside another clock that has stood still, from the same begin, and is ahead of it
    /// by so much at most, in the base in which that one counts. Its length is that of the other
    /// before it stood still.
    Wall {
        /// The other clock, by its place from 0.
        of: usize,
        /// How far ahead.
        at_most: i32,
    },
}

/// The instants of some clocks: for every clock how long ago it began, in every base. Clocks are
/// numbered from 0, in the order in which they are told.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Zone {
    pub(crate) bounds: Vec<Bounds>,
}

impl Zone {
    /// Without clocks.
    #[must_use]
    pub fn start(bases: &Bases<'_>) -> Self {
        Self { bounds: vec![Bounds::zero(0); bases.count()] }
    }

    /// How many clocks there are.
    #[must_use]
    pub fn clocks(&self) -> usize {
        self.bounds.first().map_or(0, Bounds::clocks)
    }

    /// A clock begins now, as number `at`; those from there on move up.
    ///
    /// # Panics
    /// `at` leaves a gap.
    pub fn begin(&mut self, at: usize) {
        self.bounds.iter_mut().for_each(|it| it.insert(at + 1));
    }

    /// A clock begins when another did, as number `at`; those from there on move up. `of` is the
    /// number of the other before.
    ///
    /// # Panics
    /// `at` leaves a gap, or there is no such other.
    pub fn begin_with(&mut self, at: usize, of: usize) {
        self.bounds.iter_mut().for_each(|it| it.insert_like(at + 1, of + 1));
    }

    /// A clock counts from now.
    ///
    /// # Panics
    /// There is no such clock.
    pub fn restart(&mut self, at: usize) {
        self.bounds.iter_mut().for_each(|it| it.restart(at + 1));
    }

    /// All clocks may have begun whenever.
    pub fn forget_all(&mut self) {
        for bounds in &mut self.bounds {
            (1..=bounds.clocks()).for_each(|clock| bounds.forget(clock));
        }
    }

    /// A clock is of no interest any more; those after it move down.
    ///
    /// # Panics
    /// There is no such clock.
    pub fn end(&mut self, at: usize) {
        self.bounds.iter_mut().for_each(|it| it.remove(at + 1));
    }

    /// A clock stands still from now on: what is left of it is known in the base in which it
    /// counts alone. There is one possibility, or two where it may stand still so early that
    /// marks may pass that would not have counted for it: each with the length that the clock has
    /// then.
    ///
    /// # Panics
    /// There is no such clock.
    #[must_use]
    pub fn pause(
        &self,
        bases: &Bases<'_>,
        at: usize,
        counting: &Counting,
        length: &Length,
    ) -> Vec<(Self, Length)> {
        let clock = at + 1;
        let mut found = Vec::new();
        let mut add = |mut zone: Self, length: Length| {
            for base in bases.each().filter(|it| Some(*it) != length.own()) {
                zone.bounds[base.index()].forget(clock);
            }
            found.push((zone, length));
        };
        let marks = length.own().filter(|own| bases.base(*own).has_marks() && !length.has_stood());
        let Some(own) = marks else {
            add(self.clone(), bases.stood(counting, length, true));
            return found;
        };
        let uncounted = bases.uncounted(counting);
        let mut later = self.clone();
        if later.bounds[own.index()].keep(0, clock, -uncounted) {
            add(later, bases.stood(counting, length, false));
        }
        let mut early = self.clone();
        if early.bounds[own.index()].keep(clock, 0, uncounted - 1) {
            add(early, bases.stood(counting, length, true));
        }
        found
    }

    /// A clock that stood still runs on from now.
    ///
    /// # Panics
    /// There is no such clock.
    pub fn resume(&mut self, bases: &Bases<'_>, at: usize, counting: &Counting, length: &Length) {
        for base in bases.each() {
            let bounds = &mut self.bounds[base.index()];
            if Some(base) != length.own() {
                bounds.forget(at + 1);
            } else if bases.is_off_by_one(counting) {
                bounds.loosen(at + 1);
            }
        }
    }

    /// Whether every reading of `other` is one of this zone.
    ///
    /// # Panics
    /// They are zones of different clocks.
    #[must_use]
    pub fn has_all_of(&self, other: &Self) -> bool {
        self.bounds.iter().zip(&other.bounds).all(|(mine, other)| mine.has_all_of(other))
    }

    /// Widens the zone to the smallest of this form that has every reading of `other` too. Says
    /// whether it grew.
    ///
    /// # Panics
    /// They are zones of different clocks.
    pub fn widen(&mut self, other: &Self) -> bool {
        let pairs = self.bounds.iter_mut().zip(&other.bounds);
        pairs.fold(false, |grew, (mine, other)| mine.widen(other) | grew)
    }

    /// Grows until it has all that the other zone has as well, and wherever it does it says no more
    /// than that what runs is not over; whether it grew. So it does not grow for ever by a little.
    ///
    /// # Panics
    /// They are zones of different clocks.
    pub fn widen_far(&mut self, bases: &Bases<'_>, running: &[Running], other: &Self) -> bool {
        if self.has_all_of(other) {
            return false;
        }
        let mut far = self.clone();
        let pairs = far.bounds.iter_mut().zip(&other.bounds);
        pairs.for_each(|(mine, other)| mine.widen_far(other));
        if !far.elapse(bases, running) {
            return self.widen(other);
        }
        // What was here and what comes stay, as they were told.
        self.widen(other);
        self.widen(&far);
        true
    }

    /// The most that a clock can read in a base; `None` where nothing says.
    ///
    /// # Panics
    /// There is no such clock.
    #[must_use]
    pub fn most(&self, at: usize, base: BaseId) -> Option<i32> {
        let most = self.bounds.get(base.index()).map_or(UNBOUNDED, |it| it.reading(at + 1).1);
        (most < UNBOUNDED).then_some(most)
    }

    /// The least that a clock can read in a base.
    ///
    /// # Panics
    /// There is no such clock.
    #[must_use]
    pub fn least(&self, at: usize, base: BaseId) -> i32 {
        self.bounds.get(base.index()).map_or(0, |it| it.reading(at + 1).0)
    }

    /// The bounds in a base.
    #[must_use]
    pub fn bounds(&self, base: BaseId) -> Option<&Bounds> {
        self.bounds.get(base.index())
    }
}
