//! Spans in calendar days and in working days, each bounding the other.

use crate::working::Windows;
use crate::zone::Bounds;

/// How often the two sets bound each other at most. Each round only takes readings away that
/// cannot be, so that stopping early is safe.
const ROUNDS: usize = 6;

/// The instants of the same clocks in two units: every difference in calendar days, and in
/// working days of one calendar.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Spans {
    /// In calendar days.
    pub days: Bounds,
    /// In working days.
    pub working: Bounds,
}

impl Spans {
    /// Takes away what the one set says cannot be of the other. Says whether anything is left.
    #[must_use]
    pub fn agree(&mut self, windows: &Windows) -> bool {
        let n = self.days.clocks() + 1;
        for _ in 0..ROUNDS {
            let mut changed = false;
            for (i, j) in (0..n).flat_map(|i| (0..n).map(move |j| (i, j))).filter(|(i, j)| i != j) {
                let working = windows.working_at_most(self.days.get(i, j));
                changed |= working < self.working.get(i, j);
                if !self.working.keep(i, j, working) {
                    return false;
                }
                let days = windows.days_at_most(self.working.get(i, j));
                changed |= days < self.days.get(i, j);
                if !self.days.keep(i, j, days) {
                    return false;
                }
            }
            if !changed {
                break;
            }
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Spans;
    use crate::working::Windows;
    use crate::zone::Bounds;

    fn anything(clocks: usize) -> Bounds {
        let mut all = Bounds::zero(clocks);
        (1..=clocks).for_each(|it| all.forget(it));
        all
    }

    /// A bound: on days or on working days, between which clocks, how much.
    type Bound = (bool, usize, usize, i32);

    fn meets(spans: &Spans, days: &[i32; 3], working: &[i32; 3]) -> bool {
        let within = |bounds: &Bounds, read: &[i32; 3]| {
            (0..3).all(|i| (0..3).all(|j| read[i] - read[j] <= bounds.get(i, j)))
        };
        within(&spans.days, days) && within(&spans.working, working)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(500))]

        /// Two instants before now, anywhere in a calendar: what a pair of sets allows is not
        /// taken away when they agree, and nothing is added.
        #[test]
        fn nothing_that_can_be_is_taken_away(
            calendar in prop::collection::vec(any::<bool>(), 1..25),
            bounds in prop::collection::vec((any::<bool>(), 0..3_usize, 0..3_usize, -6..=9_i32), 0..6),
        ) {
            let windows = Windows::of(&calendar, calendar.len());
            let mut wide = Spans { days: anything(2), working: anything(2) };
            let keep = |spans: &mut Spans, (in_days, i, j, bound): Bound| {
                let unit = if in_days { &mut spans.days } else { &mut spans.working };
                i == j || unit.keep(i, j, bound)
            };
            prop_assume!(bounds.iter().all(|it| keep(&mut wide, *it)));
            let mut close = wide.clone();
            let some_left = close.agree(&windows);
            let count = |from: usize, to: usize| calendar[from..to].iter().filter(|it| **it).count();
            let int = |n: usize| i32::try_from(n).unwrap();
            for now in 0..=calendar.len() {
                for first in 0..=now {
                    for second in 0..=now {
                        let days = [0, int(now - first), int(now - second)];
                        let working = [0, int(count(first, now)), int(count(second, now))];
                        let is_meant = meets(&wide, &days, &working);
                        let is_left = some_left && meets(&close, &days, &working);
                        prop_assert_eq!(is_meant, is_left, "{} {} {}", first, second, now);
                    }
                }
            }
        }
    }

    /// In a week of five working days.
    #[test]
    fn working_days_bound_calendar_days() {
        let calendar: Vec<bool> = (0..400).map(|day| day % 7 < 5).collect();
        let windows = Windows::of(&calendar, 300);
        // The first instant lies exactly 15 working days back, the second 10.
        let mut spans = Spans { days: anything(2), working: anything(2) };
        for (clock, read) in [(1, 15), (2, 10)] {
            assert!(spans.working.keep(clock, 0, read) && spans.working.keep(0, clock, -read));
        }
        assert!(spans.agree(&windows));
        // From one working day to the fifteenth after it: 21 days, and up to two more of a
        // weekend, because nothing says that the span ends on a working day.
        assert_eq!(spans.days.reading(1), (19, 23));
        assert_eq!(spans.days.reading(2), (12, 16));
    }
}
