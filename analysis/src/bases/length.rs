//! How long something takes, in every base at once.

use crate::bases::{BASES_MAX, BaseId, BaseSet};
use crate::zone::UNBOUNDED;

/// How something came to begin, which is all that is known of the instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum When {
    /// It was reported: at any instant, or on a date of which no more is known.
    Reported,
    /// Time acted: at an instant that each of these bases counts.
    Acted(BaseSet),
}

/// What is known of an instant besides how it lies to others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// Nothing.
    #[default]
    Any,
    /// It is counted by this base.
    Mark(BaseId),
    /// On a day that has an end in this base, and not after that end.
    Before(BaseId),
    /// On a day that has no end in this base, or after it.
    After(BaseId),
}

impl Place {
    /// How many there are at most.
    pub(super) const COUNT: usize = 1 + 3 * BASES_MAX;

    pub(super) const fn index(self) -> usize {
        match self {
            Self::Any => 0,
            Self::Mark(base) => 1 + 3 * base.index(),
            Self::Before(base) => 2 + 3 * base.index(),
            Self::After(base) => 3 + 3 * base.index(),
        }
    }
}

/// How long something takes that begins at some instants, from its begin to its due instant: the
/// least and the most in every base. A deadline has several, one for each kind of instant at which
/// it may begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Length {
    /// The base in which it counts; `None` where no end is counted.
    pub(super) own: Option<BaseId>,
    pub(super) spans: [(i32, i32); BASES_MAX],
    /// What is known of its begin.
    pub(super) place: Place,
    /// The bases of which its due instant is a mark.
    pub(super) ends: BaseSet,
    /// Whether it has stood still, so that only its own base knows of it.
    pub(super) stood: bool,
    pub(super) when: When,
}

impl Length {
    /// Of something without a counted end.
    #[must_use]
    pub const fn free(when: When) -> Self {
        Self {
            own: None,
            spans: [(0, UNBOUNDED); BASES_MAX],
            place: Place::Any,
            ends: BaseSet::NONE,
            stood: false,
            when,
        }
    }

    /// Of something that is due at the instant at which it begins.
    #[must_use]
    pub const fn at_once(when: When) -> Self {
        let ends = match when {
            When::Reported => BaseSet::NONE,
            When::Acted(ends) => ends,
        };
        Self {
            own: Some(BaseId::MIDNIGHTS),
            spans: [(0, 0); BASES_MAX],
            place: Place::Any,
            ends,
            stood: false,
            when,
        }
    }

    /// Whether no end is counted: it may be due whenever, or never.
    #[must_use]
    pub const fn is_free(&self) -> bool {
        self.own.is_none()
    }

    /// The base in which it counts, and in which it stands still.
    #[must_use]
    pub const fn own(&self) -> Option<BaseId> {
        self.own
    }

    /// The least and the most in a base; [`UNBOUNDED`] where nothing says.
    #[must_use]
    pub const fn span(&self, base: BaseId) -> (i32, i32) {
        if self.knows(base) { self.spans[base.index()] } else { (0, UNBOUNDED) }
    }

    /// Whether what it takes in a base is known.
    #[must_use]
    pub const fn knows(&self, base: BaseId) -> bool {
        match self.own {
            Some(own) => !self.stood || own.0 == base.0,
            None => false,
        }
    }

    /// How what begins when it is due comes to begin.
    #[must_use]
    pub const fn then(&self) -> When {
        When::Acted(self.ends)
    }

    /// How it came to begin.
    #[must_use]
    pub const fn when(&self) -> When {
        self.when
    }

    /// Whether it has stood still.
    #[must_use]
    pub const fn has_stood(&self) -> bool {
        self.stood
    }

    pub(crate) const fn place(&self) -> Place {
        if self.stood { Place::Any } else { self.place }
    }

    /// Nothing but what is known of an instant, of which this was no length.
    pub(crate) const fn begun_at(&self, place: Place) -> Self {
        Self { place, ..Self::free(self.when) }
    }

    pub(crate) const fn ends(&self) -> BaseSet {
        self.ends
    }

    /// Widens it to what the other may take too.
    pub(super) fn or(self, other: Self) -> Self {
        let mut spans = self.spans;
        for (mine, other) in spans.iter_mut().zip(other.spans) {
            *mine = (mine.0.min(other.0), mine.1.max(other.1));
        }
        Self {
            own: self.own.filter(|_| self.own == other.own),
            spans,
            place: if self.place == other.place { self.place } else { Place::Any },
            ends: self.ends.and(other.ends),
            stood: self.stood || other.stood,
            when: self.when,
        }
    }
}
