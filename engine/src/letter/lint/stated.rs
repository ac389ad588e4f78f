//! What is known on a way through a template, and what the way prints.

use std::collections::BTreeSet;

use crate::letter::lint::condition::Learned;
use crate::letter::place::Place;
use crate::model::RecordId;

/// What is known at a place of a template.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scope {
    pub(crate) set: BTreeSet<Place>,
    pub(crate) own: bool,
}

impl Scope {
    /// The scope on a way on from an `if`.
    pub(crate) fn with(&self, learned: &Learned) -> Self {
        let mut scope = self.clone();
        scope.set.extend(learned.set.iter().cloned());
        scope.own |= learned.own;
        scope
    }
}

/// What a text prints whatever way is taken through it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Stated {
    pub(crate) places: BTreeSet<Place>,
    /// The blocks that say something.
    pub(crate) blocks: BTreeSet<String>,
    /// Whether it prints anything at all.
    pub(crate) is_said: bool,
}

impl Stated {
    pub(crate) fn add(&mut self, other: Self) {
        self.places.extend(other.places);
        self.blocks.extend(other.blocks);
        self.is_said |= other.is_said;
    }

    /// What both of two ways print.
    pub(crate) fn common(mut self, other: &Self) -> Self {
        self.places.retain(|it| other.places.contains(it));
        self.blocks.retain(|it| other.blocks.contains(it));
        self.is_said &= other.is_said;
        self
    }

    /// Adds what another way says of each entry of a record.
    pub(crate) fn add_of_each(&mut self, record: RecordId, other: &Self) {
        let of_it = |it: &&Place| matches!(it, Place::Entry(own, _) if *own == record);
        self.places.extend(other.places.iter().filter(of_it).cloned());
    }
}
