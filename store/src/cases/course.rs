//! What a batch comes to for each stream, before anything is written.

use crate::cases::{Batch, Change, Failure, StreamId, Tenant};
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

/// The changes of one stream: its first version in the batch, and the last change, after which it
/// stands.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Course<'a> {
    pub(crate) first: u32,
    pub(crate) last: &'a Change,
}

/// The streams of a batch, each with its changes, in the order of their ids.
///
/// # Errors
/// [`Failure::Overtaken`] where the versions of a stream have a gap, [`Failure::Damaged`] where
/// the batch contradicts itself.
pub(crate) fn courses(batch: &Batch) -> Result<BTreeMap<(Tenant, StreamId), Course<'_>>, Failure> {
    let pages: BTreeSet<_> =
        batch.pages.iter().map(|page| (page.tenant, (page.writer, page.sequence))).collect();
    let mut courses = BTreeMap::new();
    for change in &batch.changes {
        let decided = &change.decided;
        if change.standing.stream != decided.stream || change.standing.version != decided.version {
            return Err(damaged("a decision and what follows from it are of different versions"));
        }
        if !pages.contains(&(change.tenant, decided.page)) {
            return Err(damaged("a decision stands on a page that the batch does not bring"));
        }
        match courses.entry((change.tenant, decided.stream)) {
            Entry::Vacant(free) => {
                free.insert(Course { first: decided.version, last: change });
            }
            Entry::Occupied(mut course) => {
                if course.get().last.decided.version.checked_add(1) != Some(decided.version) {
                    return Err(Failure::Overtaken);
                }
                course.get_mut().last = change;
            }
        }
    }
    Ok(courses)
}

fn damaged(why: &str) -> Failure {
    Failure::Damaged(why.to_owned())
}
