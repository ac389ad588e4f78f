//! What one base can count in a stretch in which another counts so much.

use std::sync::OnceLock;

use crate::zone::UNBOUNDED;

/// The longest stretch that is known, in marks of the base that is given.
const STRETCH_MAX: usize = 600;
/// How many shorter stretches are looked at with a stretch: between marks as many next to each
/// other a place is found where there are weeks and holidays.
const SHORTER: i32 = 8;
/// What a base reads where a place has no instant: no maximum takes it.
const NONE: i32 = UNBOUNDED << 1;

/// What a base reads at the first and at the last instant of a place between two marks of another
/// base, for all marks that lie next to each other.
#[derive(Clone, Debug)]
pub(super) struct Edges {
    first: Vec<i32>,
    last: Vec<i32>,
}

impl Edges {
    pub(super) fn of(readings: impl Iterator<Item = Option<(i32, i32)>>) -> Self {
        let (first, last) = readings.map(|it| it.unwrap_or((NONE, -NONE))).unzip();
        Self { first, last }
    }

    /// The most from an instant of this place to one of another between marks that lie `ahead`
    /// further, or further back.
    fn most(&self, to: &Self, ahead: i32) -> i32 {
        let by = usize::try_from(ahead.unsigned_abs()).unwrap_or(usize::MAX);
        let (from, to) = match ahead >= 0 {
            true => (self.first.as_slice(), to.last.get(by..).unwrap_or_default()),
            false => (self.first.get(by..).unwrap_or_default(), to.last.as_slice()),
        };
        from.iter().zip(to).map(|(from, to)| to - from).max().unwrap_or(-NONE)
    }
}

/// The most that a base can count between two instants of given places between which another
/// counts at most so much, wherever in the calendar they lie. Counts may be negative: then the
/// second instant is the earlier one. What was never asked is not worked out.
#[derive(Clone, Debug)]
pub(super) struct Table {
    /// By what the other counts, from `-longest` to `longest`.
    known: Vec<OnceLock<i32>>,
    longest: i32,
}

/// What a table is made of: the instants of the place of the first, of that of the second, and
/// any instants.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ends<'a> {
    pub(super) first: &'a Edges,
    pub(super) second: &'a Edges,
    pub(super) any: &'a Edges,
}

impl Table {
    pub(super) fn of(any: &Edges) -> Self {
        let longest = STRETCH_MAX.min(any.first.len().saturating_sub(1));
        let known = (0..=2 * longest).map(|_| OnceLock::new()).collect();
        Self { known, longest: i32::try_from(longest).unwrap_or(0) }
    }

    /// The most between the two instants, where the other base counts at most so much.
    pub(super) fn most(&self, ends: Ends<'_>, at_most: i32) -> i32 {
        if at_most > self.longest {
            return UNBOUNDED;
        }
        let ahead = at_most.max(-self.longest);
        let place = usize::try_from(ahead + self.longest).unwrap_or(0);
        let Some(known) = self.known.get(place) else { return UNBOUNDED };
        *known.get_or_init(|| {
            // A stretch that is shorter has no more than any such stretch has.
            let shorter = (ahead - SHORTER).max(-self.longest);
            let each = (shorter..=ahead).map(|ahead| ends.first.most(ends.second, ahead));
            each.fold(ends.any.most(ends.any, shorter), i32::max)
        })
    }

    /// The other way round, by the table for the same instants in the other order: the most that
    /// the base counts which this table is given, where the one it tells counts at most so much.
    pub(super) fn given_at_most(&self, ends: Ends<'_>, at_most: i32) -> i32 {
        // At least so much is told where at least `n` is given: it grows with `n`.
        let told = |n: i32| -self.most(ends, -n);
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
