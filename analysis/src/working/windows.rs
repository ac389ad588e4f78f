//! How many working days a span of calendar days can have, and the other way round.

use crate::zone::UNBOUNDED;

/// For every length of a span: the fewest and most working days in it, wherever in a calendar it
/// lies. A span of `d` days from a day has the `d` days after that day; it is as long as the
/// calendar at most.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Windows {
    /// By days of the span.
    fewest: Vec<i32>,
    most: Vec<i32>,
}

impl Windows {
    /// Of a calendar in which these days, one after the other, are working days or not; spans up
    /// to `longest` days.
    #[must_use]
    pub fn of(working: &[bool], longest: usize) -> Self {
        let mut before = Vec::with_capacity(working.len() + 1);
        let mut n: i32 = 0;
        before.push(n);
        for &is_working in working {
            n += i32::from(is_working);
            before.push(n);
        }
        let spans = |days: usize| {
            let ends = before.get(days..).unwrap_or_default().iter();
            ends.zip(&before).map(|(end, start)| end - start)
        };
        let days = 0..=longest.min(working.len());
        Self {
            fewest: days.clone().map(|it| spans(it).min().unwrap_or(0)).collect(),
            most: days.map(|it| spans(it).max().unwrap_or(0)).collect(),
        }
    }

    /// The longest span that is known, in calendar days.
    #[must_use]
    pub fn longest(&self) -> i32 {
        i32::try_from(self.most.len()).map_or(UNBOUNDED, |it| it - 1)
    }

    /// The most working days in a span of at most `days` calendar days; of a negative length, as
    /// bounds on differences have it, what the fewest of its opposite says.
    #[must_use]
    pub fn working_at_most(&self, days: i32) -> i32 {
        match usize::try_from(days) {
            Ok(days) => self.most.get(days).copied().unwrap_or(UNBOUNDED),
            Err(_) => {
                // A longer span than is known has no fewer working days than the longest known.
                let days = days.checked_neg().unwrap_or(UNBOUNDED).min(self.longest());
                let fewest = usize::try_from(days).ok().and_then(|it| self.fewest.get(it));
                -fewest.copied().unwrap_or(0)
            }
        }
    }

    /// The most calendar days of a span with at most `n` working days; of a negative number, what
    /// the least of its opposite says.
    #[must_use]
    pub fn days_at_most(&self, n: i32) -> i32 {
        if n >= 0 {
            // The first length that surely has more, less one day.
            let over = self.fewest.partition_point(|&fewest| fewest <= n);
            return match over < self.fewest.len() {
                true => i32::try_from(over).map_or(UNBOUNDED, |it| it - 1),
                false => UNBOUNDED,
            };
        }
        let n = n.checked_neg().unwrap_or(UNBOUNDED);
        let least = self.most.partition_point(|&most| most < n);
        i32::try_from(least).map_or(-UNBOUNDED, |it| -it)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Windows;
    use crate::zone::UNBOUNDED;

    /// Days after `from`, of which `n` are working days, up to `to`.
    fn working_between(working: &[bool], from: usize, to: usize) -> i32 {
        i32::try_from(working[from..to].iter().filter(|it| **it).count()).unwrap()
    }

    proptest! {
        /// Both ways bound every span of the calendar, and some span reaches each bound.
        #[test]
        fn every_span_lies_within(working in prop::collection::vec(any::<bool>(), 1..40)) {
            let windows = Windows::of(&working, working.len());
            let spans = (0..=working.len()).flat_map(|from| (from..=working.len()).map(move |to| (from, to)));
            let spans: Vec<(i32, i32)> = spans
                .map(|(from, to)| (i32::try_from(to - from).unwrap(), working_between(&working, from, to)))
                .collect();
            for &(days, n) in &spans {
                prop_assert!(n <= windows.working_at_most(days));
                prop_assert!(-n <= windows.working_at_most(-days));
                prop_assert!(days <= windows.days_at_most(n));
                prop_assert!(-days <= windows.days_at_most(-n));
            }
            for days in 0..=windows.longest() {
                prop_assert!(spans.contains(&(days, windows.working_at_most(days))));
                prop_assert!(spans.contains(&(days, -windows.working_at_most(-days))));
            }
            for n in 1..=windows.working_at_most(windows.longest()) {
                prop_assert!(spans.contains(&(-windows.days_at_most(-n), n)));
            }
        }

        #[test]
        fn lengths_that_are_not_known_bound_nothing(working in prop::collection::vec(any::<bool>(), 1..20)) {
            let windows = Windows::of(&working, working.len());
            let n_working = i32::try_from(working.iter().filter(|it| **it).count()).unwrap();
            prop_assert_eq!(windows.working_at_most(windows.longest() + 1), UNBOUNDED);
            prop_assert_eq!(windows.days_at_most(n_working), UNBOUNDED);
        }
    }

    /// Weekends only: "5 working days" after a day are 5 to 7 calendar days, 20 are 26 to 28.
    #[test]
    fn a_week_of_five_days() {
        let working: Vec<bool> = (0..700).map(|day| day % 7 < 5).collect();
        let windows = Windows::of(&working, 400);
        for (n, least, most) in
            [(1, 1, 3), (3, 3, 5), (5, 5, 7), (10, 12, 14), (20, 26, 28), (40, 54, 56)]
        {
            assert_eq!(-windows.days_at_most(-n), least, "{n}");
            // The day on which the last of them falls is the first after which there are so many.
            assert_eq!(windows.days_at_most(n - 1) + 1, most, "{n}");
        }
    }
}
