//! The parts of a handbook, each made of the rules alone.

mod answers;
mod deadlines;
mod events;
mod keeping;
mod ladder;
mod letters;
mod promises;
mod severity;
mod sources;
mod stages;
mod stops;

pub(crate) use answers::{answers, rights};
pub(crate) use deadlines::deadlines;
pub(crate) use events::{acts_of, events};
pub(crate) use keeping::keeping;
pub(crate) use ladder::{in_short, ladder, outside, ways_up};
pub(crate) use letters::letters;
pub(crate) use promises::promises;
pub(crate) use severity::severity;
pub(crate) use sources::sources;
pub(crate) use stages::{branch_sentence, stages};
pub(crate) use stops::stops;
