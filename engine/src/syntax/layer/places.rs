//! Which file a place of a table lies in, where the table comes from several files.

use std::ops::Range;

use crate::text::FileId;
use crate::text::Span;

/// The files of one table. They lie one behind the other on one ruler; a file begins where its
/// number says.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Places<'p> {
    starts: &'p [(usize, FileId)],
}

impl<'p> Places<'p> {
    /// Where each file begins, in order.
    pub(crate) const fn new(starts: &'p [(usize, FileId)]) -> Self {
        Self { starts }
    }

    /// The place in its file.
    pub(crate) fn span(self, range: Range<usize>) -> Span {
        let index = self.starts.partition_point(|(start, _)| *start <= range.start);
        let found = self.starts.get(index.saturating_sub(1)).copied();
        let (start, file) = found.unwrap_or((0, FileId(0)));
        let inside = |at: usize| at.saturating_sub(start);
        Span::new(file, inside(range.start)..inside(range.end))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_lies_in_the_file_that_begins_last_before_it() {
        let starts = [(0, FileId(4)), (10, FileId(2)), (30, FileId(7))];
        let check = |range: Range<usize>, file, inside: Range<usize>| {
            assert_eq!(Places::new(&starts).span(range), Span::new(FileId(file), inside));
        };
        check(0..9, 4, 0..9);
        check(10..10, 2, 0..0);
        check(29..29, 2, 19..19);
        check(31..40, 7, 1..10);
        assert_eq!(Places::new(&[]).span(3..4), Span::new(FileId(0), 3..4));
    }
}
