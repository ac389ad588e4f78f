//! Sets of fields, small enough to be kept for every place where a case can be.

use crate::model::FieldId;

const BITS: usize = 64;

/// A set of fields that have a value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Fields {
    /// A bit a field, in order of their numbers. INVARIANT: the last word is not 0, so that equal
    /// sets are equal words.
    words: Vec<u64>,
}

impl Fields {
    pub(crate) fn contains(&self, field: FieldId) -> bool {
        let (word, bit) = place(field);
        self.words.get(word).is_some_and(|it| it & bit != 0)
    }

    pub(crate) fn insert(&mut self, field: FieldId) {
        let (word, bit) = place(field);
        if self.words.len() <= word {
            self.words.resize(word + 1, 0);
        }
        self.words[word] |= bit;
    }

    /// Leaves the fields that are in both sets.
    pub(crate) fn keep(&mut self, other: &Self) {
        self.words.truncate(other.words.len());
        for (word, other) in self.words.iter_mut().zip(&other.words) {
            *word &= other;
        }
        while self.words.last() == Some(&0) {
            self.words.pop();
        }
    }
}

impl Extend<FieldId> for Fields {
    fn extend<I: IntoIterator<Item = FieldId>>(&mut self, fields: I) {
        for field in fields {
            self.insert(field);
        }
    }
}

impl FromIterator<FieldId> for Fields {
    fn from_iter<I: IntoIterator<Item = FieldId>>(fields: I) -> Self {
        let mut set = Self::default();
        set.extend(fields);
        set
    }
}

fn place(field: FieldId) -> (usize, u64) {
    (field.index() / BITS, 1 << (field.index() % BITS))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(fields: &[usize]) -> Fields {
        fields.iter().map(|at| FieldId::at(*at)).collect()
    }

    #[test]
    fn what_two_sets_share_is_a_set_like_any_other() {
        let mut both = set(&[0, 63, 64, 200]);
        both.keep(&set(&[63, 64, 65, 1_999]));
        assert_eq!(both, set(&[64, 63]));
        assert!(both.contains(FieldId::at(63)) && !both.contains(FieldId::at(65)));
        both.keep(&set(&[300]));
        assert_eq!(both, Fields::default());
        assert!(!both.contains(FieldId::at(0)));
    }
}
