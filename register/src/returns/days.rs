//! Middle values, without fractions.

/// Whole days, to be ranked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Days(Vec<u32>);

impl Days {
    pub(super) fn add(&mut self, days: i64) {
        self.0.push(u32::try_from(days.max(0)).unwrap_or(u32::MAX));
    }

    /// The least of them that so many per cent do not exceed (nearest rank); nothing of none.
    pub(super) fn at_percent(&mut self, percent: usize) -> Option<u64> {
        self.0.sort_unstable();
        let rank = self.0.len().saturating_mul(percent).div_ceil(100).max(1);
        self.0.get(rank.checked_sub(1)?).map(|it| u64::from(*it))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranks_are_of_days_that_were_there() {
        let of = |all: &[i64], percent| {
            let mut days = Days::default();
            all.iter().for_each(|it| days.add(*it));
            days.at_percent(percent)
        };
        assert_eq!(of(&[], 50), None);
        assert_eq!(of(&[7], 50), Some(7));
        assert_eq!(of(&[9, 1], 50), Some(1));
        assert_eq!(of(&[3, 1, 2], 50), Some(2));
        assert_eq!(of(&[10, 1, 2, 3, 4, 5, 6, 7, 8, 9], 90), Some(9));
        assert_eq!(of(&[1, 2, 3], 90), Some(3));
        assert_eq!(of(&[-4], 90), Some(0));
    }
}
