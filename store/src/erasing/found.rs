//! What is kept of a person, and what of it may go.

use crate::cases::{Erasure, Standing};
use engine::time::NaiveDate;

/// What is kept of a person, case by case.
#[derive(Clone, Debug)]
pub struct Found {
    /// The person, as the opaque id of the caller; nothing for a case of nobody who is known.
    pub person: Option<String>,
    /// The cases, in the order of opening.
    pub cases: Vec<OfCase>,
    /// Whether the person has a key.
    pub has_key: bool,
    /// What would be erased.
    pub(super) erasure: Erasure,
}

/// What is kept of a person on a case and the stops on it.
#[derive(Clone, Debug)]
pub struct OfCase {
    /// The case.
    pub standing: Standing,
    /// How many personal values are kept, those of reasons among them.
    pub n_kept: usize,
    /// How many of them may go.
    pub n_going: usize,
    /// How each entry of `[retention]` stands, in file order. Where there is none, nothing is ever
    /// erased.
    pub entries: Vec<OfEntry>,
    /// A stop on the person that has not come to its end: what was said of it stays.
    pub is_stopped: bool,
    /// How many stops there are on the case.
    pub n_stops: usize,
}

/// How an entry of `[retention]` stands on a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfEntry {
    /// Its name.
    pub name: String,
    /// Why it keeps what it is about, as one fragment; nothing where it lets go.
    pub why: Option<String>,
    /// From which date on it lets go, in the zone of the protocol, where that is known.
    pub from: Option<NaiveDate>,
}

impl Found {
    /// How many personal values are kept.
    #[must_use]
    pub fn n_kept(&self) -> usize {
        self.cases.iter().map(|it| it.n_kept).sum()
    }

    /// How many of them may go now.
    #[must_use]
    pub fn n_going(&self) -> usize {
        self.cases.iter().map(|it| it.n_going).sum()
    }

    /// Whether the keys go as well: nothing of the person is left then.
    #[must_use]
    pub const fn is_all(&self) -> bool {
        !self.erasure.keys.is_empty()
    }

    /// From which date on more may go than now, the first one that is known.
    #[must_use]
    pub fn next(&self) -> Option<NaiveDate> {
        let kept = self.cases.iter().filter(|it| it.n_going < it.n_kept);
        kept.flat_map(|it| &it.entries).filter(|it| it.why.is_some()).filter_map(|it| it.from).min()
    }
}
