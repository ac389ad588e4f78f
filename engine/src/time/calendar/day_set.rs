//! A set of days that answers "which is the twentieth from here" at once.

/// Bits in a word of the set.
const WORD_BITS: u32 = 64;

/// A set of days numbered from 0, with a running count of its days.
#[derive(Clone, Debug)]
pub(crate) struct DaySet {
    words: Vec<u64>,
    /// Days of the set before the word of the same index; one more entry than words.
    before: Vec<u32>,
}

impl DaySet {
    /// The days from 0 up to `n_days` (excluded) for which `is_in` holds.
    pub(crate) fn new(n_days: u32, mut is_in: impl FnMut(i32) -> bool) -> Self {
        let n_words = n_days.div_ceil(WORD_BITS);
        let mut words = Vec::new();
        let mut before = vec![0];
        let mut n_in = 0_u32;
        for word_index in 0..n_words {
            let mut word = 0_u64;
            for bit in 0..WORD_BITS {
                let day = word_index.saturating_mul(WORD_BITS).saturating_add(bit);
                if day < n_days && is_in(i32::try_from(day).unwrap_or(i32::MAX)) {
                    word |= 1_u64.wrapping_shl(bit);
                }
            }
            n_in = n_in.saturating_add(word.count_ones());
            words.push(word);
            before.push(n_in);
        }
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn rank_and_select_agree_with_counting(days in prop::collection::btree_set(0_i32..300, 0..200)) {
            let set = DaySet::new(300, |day| days.contains(&day));
            let sorted: Vec<i32> = days.iter().copied().collect();
            prop_assert_eq!(usize::try_from(set.len()).unwrap(), sorted.len());
            for day in -5..400 {
                let before = sorted.iter().filter(|other| **other < day).count();
                prop_assert_eq!(usize::try_from(set.rank(day)).unwrap(), before);
                prop_assert_eq!(set.contains(day), days.contains(&day));
            }
            for rank in 0..301_u32 {
                prop_assert_eq!(set.select(rank), sorted.get(rank as usize).copied());
            }
        }
    }
}
