//! The instants at which something may begin, as far as anything is due otherwise.

use engine::time::Instant;

use crate::bases::Bases;

impl Bases<'_> {
    /// The first and the last instant of every stretch of time in which all that begins is due
    /// alike, in order: on the dates of receipt, and on those on which such cases may still go on.
    pub(crate) fn begins(&self) -> impl Iterator<Item = Instant> + '_ {
        let last = |from, to| (to > from).then_some(to);
        self.pieces.iter().flat_map(move |it| [Some(it.from), last(it.from, it.to)]).flatten()
    }
}
