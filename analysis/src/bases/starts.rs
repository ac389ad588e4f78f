//! The instants at which something may begin, as far as they differ.

use engine::time::Instant;

use crate::bases::counting::Due;
use crate::bases::{BASES_MAX, BaseId, BaseSet, Bases, Place};

/// A stretch of instants, both ends inclusive, between two ends of days, openings or closings: what
/// begins in it is due alike, and every base that counts instants reads the same throughout.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    pub(super) from: Instant,
    pub(super) to: Instant,
    /// Which civil day, from the first of all.
    pub(super) day: usize,
    /// The bases of which it is a mark.
    pub(super) marks: BaseSet,
    /// The bases of which a mark is still to come on its day, or is now.
    pub(super) before: BaseSet,
    /// What the bases read at its first and at its last instant.
    pub(super) first: [i32; BASES_MAX],
    pub(super) last: [i32; BASES_MAX],
}

impl Piece {
    /// Whether it lies in a place.
    pub(super) const fn is_in(&self, place: Place) -> bool {
        match place {
            Place::Any => true,
            Place::Mark(base) => self.marks.has(base),
            Place::Before(base) => self.before.has(base),
            Place::After(base) => !self.before.has(base),
        }
    }
}

/// When something is due that begins in a piece: at its first instant, at its last, and on a date
/// of which no more is known.
#[derive(Clone, Copy, Debug)]
pub(super) struct Dues {
    pub(super) first: Option<Due>,
    pub(super) last: Option<Due>,
    pub(super) on_date: Option<Due>,
}

/// Where pieces lie besides: what all of some pieces have in common.
#[derive(Clone, Copy, Debug)]
pub(super) struct Common {
    pub(super) before: BaseSet,
    pub(super) after: BaseSet,
}

impl Common {
    pub(super) const fn of(piece: &Piece) -> Self {
        Self { before: piece.before, after: BaseSet(!piece.before.0) }
    }

    pub(super) const fn and(self, other: Self) -> Self {
        Self { before: self.before.and(other.before), after: self.after.and(other.after) }
    }

    /// The place that says most, by bases in order of worth.
    pub(super) fn place(self, worth: &[BaseId]) -> Place {
        let known = worth.iter().find_map(|&base| {
            let before = self.before.has(base).then_some(Place::Before(base));
            before.or(self.after.has(base).then_some(Place::After(base)))
        });
        known.unwrap_or(Place::Any)
    }
}

impl Bases<'_> {
    /// The first and the last instant of every stretch of time in which all that begins is due
    /// alike, in order: on the dates of receipt, and on those on which such cases may still go on.
    pub(crate) fn begins(&self) -> impl Iterator<Item = Instant> + '_ {
        let last = |from, to| (to > from).then_some(to);
        self.pieces.iter().flat_map(move |it| [Some(it.from), last(it.from, it.to)]).flatten()
    }
}
