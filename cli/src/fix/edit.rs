//! Replacing pieces of texts.

use std::collections::BTreeMap;
use std::ops::Range;

use engine::diagnostic::Fix;
use engine::text::{FileId, SourceSet};

/// Edits that can be made together, by file.
#[derive(Clone, Debug, Default)]
pub(crate) struct Edits {
    by_file: BTreeMap<FileId, Vec<(Range<usize>, String)>>,
}

impl Edits {
    /// Adds all edits of a fix, or none: where one lies in the way of an edit that was added
    /// before, or not on whole characters of a file of the folder.
    pub(crate) fn add(&mut self, fix: &Fix, sources: &SourceSet) -> bool {
        let mut added = self.clone();
        for edit in &fix.edits {
            let (file, range) = (edit.span.file, edit.span.range());
            let Some(source) = sources.get(file).filter(|it| !it.path.starts_with("shipped:"))
            else {
                return false;
            };
            let list = added.by_file.entry(file).or_default();
            let is_free = !list.iter().any(|(other, _)| is_in_the_way(&range, other));
            if source.readable().get(range.clone()).is_none() || !is_free {
                return false;
            }
            list.push((range, edit.text.clone()));
        }
        let is_something = !fix.edits.is_empty();
        *self = added;
        is_something
    }

    /// The files with the edits made. `shown_root` is as for [`SourceSet::new`].
    pub(crate) fn made(mut self, sources: &SourceSet, shown_root: &str) -> SourceSet {
        let files = sources.files().map(|(id, source)| {
            let mut list = self.by_file.remove(&id).unwrap_or_default();
            // From the end of the file to its start, so that places before an edit stay.
            list.sort_by_key(|(range, _)| std::cmp::Reverse(range.start));
            let mut bytes = source.bytes.clone();
            for (range, text) in list {
                let text = with_breaks_of(&source.bytes, &text);
                bytes.splice(range, text.into_bytes());
            }
            (source.path.clone(), bytes)
        });
        SourceSet::new(shown_root, files.collect::<Vec<_>>())
    }
}

/// Whether two edits touch the same text, or would be written at the same place.
fn is_in_the_way(one: &Range<usize>, other: &Range<usize>) -> bool {
    one.start == other.start || (one.start < other.end && other.start < one.end)
}

/// The text with the line breaks that the file has.
fn with_breaks_of(file: &[u8], text: &str) -> String {
    let first = file.iter().position(|byte| *byte == b'\n');
    let is_crlf = first.is_some_and(|at| at > 0 && file.get(at.saturating_sub(1)) == Some(&b'\r'));
    match is_crlf {
        true => text.replace("\r\n", "\n").replace('\n', "\r\n"),
        false => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use engine::diagnostic::Edit;
    use engine::text::Span;

    use super::*;

    /// Makes edits of several fixes and checks which were taken and what the file is then.
    #[track_caller]
    fn check(
        path: &str,
        text: &str,
        fixes: &[&[(usize, usize, &str)]],
        taken: &[bool],
        after: &str,
    ) {
        let sources = SourceSet::new("p", [(path.to_owned(), text.as_bytes().to_vec())]);
        let mut edits = Edits::default();
        let fix = |list: &&[(usize, usize, &str)]| {
            let edit = |(start, end, text): &(usize, usize, &str)| Edit {
                span: Span::new(FileId(0), *start..*end),
                text: (*text).to_owned(),
            };
            Fix { title: String::new(), edits: list.iter().map(edit).collect() }
        };
        let found: Vec<bool> = fixes.iter().map(|it| edits.add(&fix(it), &sources)).collect();
        assert_eq!(found, taken);
        let made = edits.made(&sources, "p");
        assert_eq!(made.get(FileId(0)).unwrap().bytes, after.as_bytes());
    }

    #[test]
    fn of_fixes_that_overlap_the_first_is_made_whole() {
        let fixes: &[&[(usize, usize, &str)]] =
            &[&[(0, 1, "x"), (4, 5, "y")], &[(2, 3, "z"), (4, 4, "!")], &[(1, 2, "")]];
        check("a.toml", "abcde", fixes, &[true, false, true], "xcdy");
        check("a.toml", "ab", &[&[(1, 1, "x")], &[(1, 1, "y")]], &[true, false], "axb");
    }

    #[test]
    fn a_place_that_is_none_is_left_alone() {
        check("a.toml", "é", &[&[(1, 2, "x")], &[(0, 99, "x")], &[]], &[false; 3], "é");
        check("shipped:calendars/eu.toml", "a", &[&[(0, 1, "x")]], &[false], "a");
    }

    #[test]
    fn line_breaks_stay_as_the_file_has_them() {
        check("a.toml", "a\r\nb", &[&[(3, 4, "c\nd\r\ne")]], &[true], "a\r\nc\r\nd\r\ne");
        check("a.toml", "a\nb", &[&[(2, 3, "c\nd")]], &[true], "a\nc\nd");
        check("a.toml", "\u{feff}a\r\n", &[&[(0, 3, "")]], &[true], "a\r\n");
    }
}
