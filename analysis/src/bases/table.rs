//! What one base can count in a stretch in which another counts so much.

use crate::zone::UNBOUNDED;

/// The longest stretch that is known, in marks of the base that is given.
pub(super) const STRETCH_MAX: usize = 600;

/// A reading of another base at the first and the last instant between two marks that are in a
/// place; `None` where there is none.
pub(super) type Edges = Vec<Option<(i32, i32)>>;

/// The most that a base can count between two instants of given places between which another
/// counts at most so much, wherever in the calendar they lie. Counts may be negative: then the
/// second instant is the earlier one.
#[derive(Debug)]
pub(super) struct Table {
    /// By what the other counts, from `-longest` to `longest`.
    most: Vec<i32>,
    longest: i32,
}

impl Table {
    /// From the edges of the place of the first instant, those of the second, and those of any
    /// instant.
    pub(super) fn of(
        first: &[Option<(i32, i32)>],
        second: &[Option<(i32, i32)>],
        any: &[Option<(i32, i32)>],
    ) -> Self {
        let longest = STRETCH_MAX.min(any.len().saturating_sub(1));
        // A place that is not in a stretch gives what no maximum takes.
        const NONE: i32 = -(UNBOUNDED << 1);
        let lows = |edges: &[Option<(i32, i32)>]| -> Vec<i32> {
            edges.iter().map(|it| it.map_or(-NONE, |(low, _)| low)).collect()
        };
        let highs = |edges: &[Option<(i32, i32)>]| -> Vec<i32> {
            edges.iter().map(|it| it.map_or(NONE, |(_, high)| high)).collect()
        };
        let (low, high) = (lows(first), highs(second));
        let most_of = |low: &[i32], high: &[i32]| {
            low.iter().zip(high).map(|(low, high)| high.saturating_sub(*low)).max().unwrap_or(NONE)
        };
        let (any_low, any_high) = (lows(any), highs(any));
        let mut so_far = most_of(any_low.get(longest..).unwrap_or_default(), &any_high);
        let mut most = Vec::with_capacity(2 * longest + 1);
        for back in (1..=longest).rev() {
            so_far = so_far.max(most_of(low.get(back..).unwrap_or_default(), &high));
            most.push(so_far);
        }
        for ahead in 0..=longest {
            so_far = so_far.max(most_of(&low, high.get(ahead..).unwrap_or_default()));
            most.push(so_far);
        }
        Self { most, longest: i32::try_from(longest).unwrap_or(0) }
    }

    /// The most between the two instants, where the other base counts at most so much.
    pub(super) fn most(&self, at_most: i32) -> i32 {
        if at_most > self.longest {
            return UNBOUNDED;
        }
        let place = at_most.max(-self.longest) + self.longest;
        usize::try_from(place).ok().and_then(|it| self.most.get(it)).copied().unwrap_or(UNBOUNDED)
    }

    /// The other way round, by the table for the same instants in the other order: the most that
    /// the base counts which this table is given, where the one it tells counts at most so much.
    pub(super) fn given_at_most(&self, at_most: i32) -> i32 {
        // At least so much is told where at least `n` is given: it falls with `n`.
        let told = |n: i32| -self.most(-n);
        let (mut least, mut most) = (-self.longest, self.longest);
        if told(most) <= at_most {
            return UNBOUNDED;
        }
        if told(least) > at_most {
            return least;
        }
        while most - least > 1 {
            let middle = least.midpoint(most);
            if told(middle) <= at_most { least = middle } else { most = middle }
        }
        least
    }
}
