//! Replacing pieces of texts.

use std::collections::BTreeMap;

use engine::diagnostic::{Edit, Fix};
use engine::text::{FileId, SourceSet};

/// Edits of one file: by their first byte the byte after the last one, and the new text.
type OfFile = BTreeMap<usize, (usize, String)>;

/// Edits that can be made together, by file.
#[derive(Clone, Debug, Default)]
pub(crate) struct Edits {
    by_file: BTreeMap<FileId, OfFile>,
}

impl Edits {
    /// Adds all edits of a fix, or none: where one lies in the way of an edit that was added
    /// before, or not on whole characters of a file of the folder.
    pub(crate) fn add(&mut self, fix: &Fix, sources: &SourceSet) -> bool {
        for (n_added, edit) in fix.edits.iter().enumerate() {
            if !self.add_one(edit, sources) {
                for added in fix.edits.iter().take(n_added) {
                    let of_file = self.by_file.entry(added.span.file).or_default();
                    of_file.remove(&added.span.range().start);
                }
                return false;
            }
        }
        !fix.edits.is_empty()
    }

    fn add_one(&mut self, edit: &Edit, sources: &SourceSet) -> bool {
        let (file, range) = (edit.span.file, edit.span.range());
        let source = sources.get(file).filter(|it| !engine::text::is_outside(&it.path));
        if source.is_none_or(|it| it.readable().get(range.clone()).is_none()) {
            return false;
        }
        let of_file = self.by_file.entry(file).or_default();
        let before = of_file.range(..range.start).next_back();
        let is_after_others = before.is_none_or(|(_, (end, _))| *end <= range.start);
        let after = of_file.range(range.start..).next();
        let is_before_others =
            after.is_none_or(|(start, _)| *start != range.start && *start >= range.end);
        let is_free = is_after_others && is_before_others;
        if is_free {
            of_file.insert(range.start, (range.end, edit.text.clone()));
        }
        is_free
    }

    /// The files with the edits made. `shown_root` is as for [`SourceSet::new`].
    pub(crate) fn made(mut self, sources: &SourceSet, shown_root: &str) -> SourceSet {
        let files = sources.files().map(|(id, source)| {
            let of_file = self.by_file.remove(&id).unwrap_or_default();
            (source.path.clone(), edited(&source.bytes, of_file))
        });
        SourceSet::new(shown_root, files.collect::<Vec<_>>())
    }
}

fn edited(bytes: &[u8], edits: OfFile) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut done = 0;
    for (start, (end, text)) in edits {
        out.extend_from_slice(bytes.get(done..start).unwrap_or_default());
        out.extend_from_slice(with_breaks_of(bytes, &text).as_bytes());
        done = end;
    }
    out.extend_from_slice(bytes.get(done..).unwrap_or_default());
    out
}

/// The text with the line breaks that the file has.
fn with_breaks_of(file: &[u8], text: &str) -> String {
    if !text.contains('\n') {
        return text.to_owned();
    }
    let first = file.iter().position(|byte| *byte == b'\n');
    let is_crlf = first.is_some_and(|at| at > 0 && file.get(at.saturating_sub(1)) == Some(&b'\r'));
    match is_crlf {
        true => text.replace("\r\n", "\n").replace('\n', "\r\n"),
        false => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
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
