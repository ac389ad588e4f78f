//! A set of days that answers "which is the twentieth from here" at once.

/// Bits in a word of the set.
const WORD_BITS: u32 = 64;

/// Words in which the end of a term is looked for one after the other: most of a year.
const WORDS_NEAR: usize = 5;

/// A set of days numbered from 0, with a running count of its days.
#[derive(Clone, Debug)]
pub(crate) struct DaySet {
    words: Vec<u64>,
    /// Days of the set before the word of the same index; one more entry than words.
    before: Vec<u32>,
}

impl DaySet {
    /// Of the days from 0 up to `n_days` (excluded) those whose place in the week is in `week`,
    /// which begins with the weekday of day 0; then each of `changes` puts a day in or takes it
    /// out.
    pub(crate) fn new(
        n_days: u32,
        week: [bool; 7],
        changes: impl IntoIterator<Item = (i32, bool)>,
    ) -> Self {
        let n_words = n_days.div_ceil(WORD_BITS);
        let by_weekday: [u64; 7] = std::array::from_fn(|first| word_from(week, first));
        // A word has nine weeks and a day, so each begins one weekday after the one before it.
        let weekdays = by_weekday.into_iter().cycle();
        let mut words: Vec<u64> = weekdays.zip(0..n_words).map(|(word, _)| word).collect();
        let beyond = n_words.saturating_mul(WORD_BITS).saturating_sub(n_days);
        if let Some(last) = words.last_mut() {
            *last &= u64::MAX.wrapping_shr(beyond);
        }
        for (day, is_in) in changes {
            let day = u32::try_from(day).ok().filter(|day| *day < n_days);
            let index = day.and_then(|day| usize::try_from(day / WORD_BITS).ok());
            if let (Some(day), Some(word)) = (day, index.and_then(|it| words.get_mut(it))) {
                let bit = 1_u64.wrapping_shl(day % WORD_BITS);
                *word = if is_in { *word | bit } else { *word & !bit };
            }
        }
        let mut n_in = 0_u32;
        let before = words.iter().map(|word| {
            n_in = n_in.saturating_add(word.count_ones());
            n_in
        });
        let before = std::iter::once(0).chain(before).collect();
        Self { words, before }
    }

    /// Whether the day is in the set.
    pub(crate) fn contains(&self, day: i32) -> bool {
        let Some((word, bit)) = self.place(day) else {
            return false;
        };
        word.wrapping_shr(bit) & 1 == 1
    }

    /// How many days of the set come before `day`.
    pub(crate) fn rank(&self, day: i32) -> u32 {
        let Some((word, bit)) = self.place(day) else {
            return if day < 0 { 0 } else { self.len() };
        };
        let lower = word & 1_u64.wrapping_shl(bit).wrapping_sub(1);
        let index = usize::try_from(day).unwrap_or(0) / 64;
        self.before.get(index).copied().unwrap_or(0).saturating_add(lower.count_ones())
    }

    /// The day of the set that has `rank` days of the set before it.
    pub(crate) fn select(&self, rank: u32) -> Option<i32> {
        if rank >= self.len() {
            return None;
        }
        let index = self.before.partition_point(|before| *before <= rank).checked_sub(1)?;
        self.day_in(index, rank)
    }

    /// The `n`-th day of the set from `day` on, which itself may be the first. Most terms end a
    /// few words further, so these are looked at first.
    pub(crate) fn nth_from(&self, day: i32, n: u32) -> Option<i32> {
        let rank = self.rank(day).saturating_add(n.saturating_sub(1));
        let near = usize::try_from(day).unwrap_or(0) / 64;
        let ends = self.before.get(near.saturating_add(1)..).unwrap_or_default();
        let further = ends.iter().take(WORDS_NEAR).take_while(|end| **end <= rank).count();
        let index = near.saturating_add(further);
        match self.before.get(index.saturating_add(1)) {
            Some(end) if *end > rank => self.day_in(index, rank),
            _ => self.select(rank),
        }
    }

    /// The day of this rank, which lies in this word.
    fn day_in(&self, index: usize, rank: u32) -> Option<i32> {
        let mut rest = rank.checked_sub(*self.before.get(index)?)?;
        let mut word = *self.words.get(index)?;
        while rest > 0 {
            word &= word.wrapping_sub(1);
            rest = rest.saturating_sub(1);
        }
        let base = i32::try_from(index).ok()?.checked_mul(64)?;
        base.checked_add(i32::try_from(word.trailing_zeros()).ok()?)
    }

    /// How many days are in the set.
    pub(crate) fn len(&self) -> u32 {
        self.before.last().copied().unwrap_or(0)
    }

    fn place(&self, day: i32) -> Option<(u64, u32)> {
        let day = u32::try_from(day).ok()?;
        let word = self.words.get(usize::try_from(day / WORD_BITS).ok()?)?;
        Some((*word, day % WORD_BITS))
    }
}

/// 64 days in a row, of which the first has the place `first` in the week.
fn word_from(week: [bool; 7], first: usize) -> u64 {
    let days = week.iter().cycle().skip(first).zip(0..WORD_BITS);
    days.filter(|(is_in, _)| **is_in).fold(0, |word, (_, bit)| word | 1_u64.wrapping_shl(bit))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    proptest! {
        #[test]
        fn rank_and_select_agree_with_counting(
            week: [bool; 7],
            changes in prop::collection::btree_map(-20_i32..320, any::<bool>(), 0..200),
        ) {
            let set = DaySet::new(300, week, changes.iter().map(|(day, is_in)| (*day, *is_in)));
            let is_in = |day: &i32| changes.get(day).copied().unwrap_or(week[*day as usize % 7]);
            let days: BTreeSet<i32> = (0..300).filter(is_in).collect();
            let sorted: Vec<i32> = days.iter().copied().collect();
            prop_assert_eq!(usize::try_from(set.len()).unwrap(), sorted.len());
            for day in -5..400 {
                let before = sorted.iter().filter(|other| **other < day).count();
                prop_assert_eq!(usize::try_from(set.rank(day)).unwrap(), before);
                prop_assert_eq!(set.contains(day), days.contains(&day));
            }
            for day in -5..320 {
                for n in [0, 1, 2, 20, 130, 300] {
                    let from = usize::try_from(set.rank(day)).unwrap();
                    let expected = sorted.get(from + usize::max(n, 1) - 1).copied();
                    prop_assert_eq!(set.nth_from(day, u32::try_from(n).unwrap()), expected);
                }
            }
            for rank in 0..301_u32 {
                prop_assert_eq!(set.select(rank), sorted.get(rank as usize).copied());
            }
        }
    }
}
