//! Time passes, and something is due.

use crate::bases::{BaseId, Bases, Place};
use crate::zone::{Bounds, Hold, Running, UNBOUNDED, Zone};

/// How often the bases bound each other at most. Each round only takes readings away that cannot
/// be, so that stopping early is safe.
const ROUNDS: usize = 4;

impl Zone {
    /// Any time passes in which nothing acts. Says whether there are any readings; where there
    /// are none, the zone must not be used any more.
    ///
    /// # Panics
    /// Not every clock is told.
    #[must_use]
    pub fn elapse(&mut self, bases: &Bases<'_>, clocks: &[Running]) -> bool {
        assert_eq!(clocks.len(), self.clocks(), "each clock is told");
        for base in bases.each() {
            let bounds = &mut self.bounds[base.index()];
            for (at, it) in clocks.iter().enumerate() {
                if it.hold == Hold::Stands && it.length.own() != Some(base) {
                    bounds.forget(at + 1);
                }
            }
            let stands = |at: usize| {
                let it = &clocks[at - 1];
                it.hold == Hold::Stands && it.length.own() == Some(base)
            };
            bounds.elapse(|at| !stands(at));
        }
        if !self.hold(bases, clocks, None) || !self.agree(bases, clocks, Place::Any) {
            return false;
        }
        self.blur(bases, clocks)
    }

    /// The readings at which a clock that runs is due now, and nothing that acts before it is;
    /// `None` where there are none.
    ///
    /// # Panics
    /// Not every clock is told, or there is no such clock.
    #[must_use]
    pub fn at_end(&self, bases: &Bases<'_>, at: usize, clocks: &[Running]) -> Option<Self> {
        let due = &clocks[at];
        let mut zone = self.clone();
        for base in bases.each() {
            let (least, most) = due.length.span(base);
            let bounds = &mut zone.bounds[base.index()];
            if !bounds.keep(0, at + 1, -least) || !bounds.keep(at + 1, 0, most) {
                return None;
            }
        }
        let place = bases.rarest(due.length.ends());
        let left = zone.hold(bases, clocks, Some(due)) && zone.agree(bases, clocks, place);
        left.then_some(zone)
    }

    /// Whether everything that acts before a clock can be due later than now, where this is due and
    /// acts: it has not acted, so that it is. Of readings at which a clock is due, as
    /// [`Zone::at_end`] gives them.
    ///
    /// # Panics
    /// Not every clock is told, or there is no such clock.
    #[must_use]
    pub fn others_are_due_later(&self, bases: &Bases<'_>, at: usize, clocks: &[Running]) -> bool {
        let due = &clocks[at];
        let before =
            |it: &&Running| it.hold == Hold::Runs && it.rank < due.rank && !it.length.is_free();
        clocks.iter().filter(before).all(|it| self.is_due_later(bases, it, due, clocks))
    }

    /// Whether what is due and acts before another that is due now can be due later than now.
    fn is_due_later(
        &self,
        bases: &Bases<'_>,
        other: &Running,
        due: &Running,
        clocks: &[Running],
    ) -> bool {
        let Some(at) = clocks.iter().position(|it| std::ptr::eq(it, other)) else { return true };
        let mut zone = self.clone();
        let now = clocks.len();
        zone.begin(now);
        for base in bases.each() {
            let (least, most) = other.length.span(base);
            let bounds = &mut zone.bounds[base.index()];
            for (at, it) in clocks.iter().enumerate() {
                if it.hold == Hold::Stands {
                    bounds.forget(at + 1);
                }
            }
            bounds.elapse(|_| true);
            // From one instant that a base counts to a later one it counts the first.
            let since = i32::from(due.length.ends().has(base));
            if !bounds.keep(0, now + 1, -since)
                || !bounds.keep(0, at + 1, -least)
                || !bounds.keep(at + 1, 0, most)
            {
                return false;
            }
        }
        let mut clocks = clocks.to_vec();
        let from = due.length.begun_at(bases.rarest(due.length.ends()));
        clocks.push(Running { length: from, hold: Hold::Waits, rank: u32::MAX });
        zone.agree(bases, &clocks, bases.rarest(other.length.ends()))
    }

    /// The readings at which a clock is not yet over if its length is this from now on; `None`
    /// where there are none.
    ///
    /// # Panics
    /// Not every clock is told, or there is no such clock.
    #[must_use]
    pub fn not_over(&self, bases: &Bases<'_>, at: usize, clocks: &[Running]) -> Option<Self> {
        self.kept(bases, at, clocks, |bounds, _, (_, most)| bounds.keep(at + 1, 0, most))
    }

    /// The readings at which a clock is over by now, or just so, if its length is this: it is due
    /// now. `None` where there are none.
    ///
    /// # Panics
    /// Not every clock is told, or there is no such clock.
    #[must_use]
    pub fn over(&self, bases: &Bases<'_>, at: usize, clocks: &[Running]) -> Option<Self> {
        self.kept(bases, at, clocks, |bounds, _, (least, _)| bounds.keep(0, at + 1, -least))
    }

    /// The readings at which a clock was over before now, if its length is this. `None` where there
    /// are none.
    ///
    /// # Panics
    /// Not every clock is told, or there is no such clock.
    #[must_use]
    pub fn past(&self, bases: &Bases<'_>, at: usize, clocks: &[Running]) -> Option<Self> {
        let ends = clocks[at].length.ends();
        self.kept(bases, at, clocks, |bounds, base, (least, _)| {
            // A base that counts the due instant counts it by now.
            bounds.keep(0, at + 1, -least - i32::from(ends.has(base)))
        })
    }

    fn kept(
        &self,
        bases: &Bases<'_>,
        at: usize,
        clocks: &[Running],
        keep: impl Fn(&mut Bounds, BaseId, (i32, i32)) -> bool,
    ) -> Option<Self> {
        let mut zone = self.clone();
        for base in bases.each() {
            if !keep(&mut zone.bounds[base.index()], base, clocks[at].length.span(base)) {
                return None;
            }
        }
        zone.agree(bases, clocks, Place::Any).then_some(zone)
    }

    /// What runs and acts by itself is not past its due instant, and where `due` acts now what
    /// acts before it is not there yet; walls are where they can be.
    fn hold(&mut self, bases: &Bases<'_>, clocks: &[Running], due: Option<&Running>) -> bool {
        for base in bases.each() {
            let bounds = &mut self.bounds[base.index()];
            for (at, it) in clocks.iter().enumerate() {
                let kept = match it.hold {
                    Hold::Runs => {
                        // What acts first is not due yet, but after this mark.
                        let first = due
                            .is_some_and(|due| it.rank < due.rank && due.length.ends().has(base));
                        let (_, most) = it.length.span(base);
                        let most = if first && most < UNBOUNDED { most - 1 } else { most };
                        bounds.keep(at + 1, 0, most)
                    }
                    Hold::Wall { of, at_most } if it.length.own() == Some(base) => {
                        bounds.keep(at + 1, of + 1, at_most) && bounds.keep(of + 1, at + 1, 0)
                    }
                    Hold::Wall { .. } | Hold::Stands | Hold::Waits => true,
                };
                if !kept {
                    return false;
                }
            }
        }
        true
    }

    /// Takes away what one base says cannot be of another. `now` is what is known of this instant.
    fn agree(&mut self, bases: &Bases<'_>, clocks: &[Running], now: Place) -> bool {
        let places: Vec<Option<Place>> = std::iter::once(Some(now))
            .chain(clocks.iter().map(|it| (it.hold != Hold::Stands).then(|| it.length.place())))
            .collect();
        for _ in 0..ROUNDS {
            let mut changed = false;
            for told in bases.each() {
                let mut closer = false;
                for given in bases.each().filter(|it| *it != told) {
                    closer |= self.tell(bases, (given, told), &places);
                }
                changed |= closer;
                if closer && !self.bounds[told.index()].close() {
                    return false;
                }
            }
            if !changed {
                break;
            }
        }
        true
    }

    /// Lowers the bounds of one base to what another says; whether any was.
    fn tell(
        &mut self,
        bases: &Bases<'_>,
        (given, told): (BaseId, BaseId),
        places: &[Option<Place>],
    ) -> bool {
        let mut closer = false;
        for (i, first) in places.iter().enumerate() {
            for (j, second) in places.iter().enumerate() {
                let (Some(first), Some(second), true) = (first, second, i != j) else { continue };
                // The reading of `i` less that of `j` is what lies between the begin of `i` and
                // the begin of `j`.
                let between = self.bounds[given.index()].get(i, j);
                let most = bases.most((given, told), (*first, *second), between);
                let bounds = &mut self.bounds[told.index()];
                if most < bounds.get(i, j) {
                    bounds.set(i, j, most);
                    closer = true;
                }
            }
        }
        closer
    }

    /// No longer tells apart what nothing asks for, so that there are finitely many zones.
    fn blur(&mut self, bases: &Bases<'_>, clocks: &[Running]) -> bool {
        for base in bases.each() {
            let bounds = &mut self.bounds[base.index()];
            for (at, it) in clocks.iter().enumerate() {
                let clock = at + 1;
                if bounds.get(clock, 0) < UNBOUNDED {
                    continue;
                }
                let (_, most) = it.length.span(base);
                if most >= UNBOUNDED {
                    bounds.forget(clock);
                } else if !bounds.blur_above(clock, most) {
                    return false;
                }
            }
        }
        true
    }
}
