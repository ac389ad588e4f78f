//! What `protocol fmt` promises of any file: it says what it said, in the same order and with every
//! comment; and laid out once more it stays as it is.

use std::fs;
use std::path::Path;

use engine::syntax::format::{Layout, layout};
use engine::text::{FileId, SourceSet};
use proptest::prelude::*;

use crate::layout::toml_files;

/// The largest file that is edited, in bytes: it is parsed after every edit.
const EDITED_BYTES_MAX: usize = 4_000;

/// The text laid out; nothing where it cannot be read.
fn laid_out(text: &str) -> Option<String> {
    let sources = SourceSet::new("", [("a.toml".to_owned(), text.as_bytes().to_vec())]);
    match layout(&sources, FileId(0)) {
        Layout::Same => Some(text.to_owned()),
        Layout::Changed(new) => Some(new),
        Layout::Unreadable(_) => None,
        Layout::Unsure => panic!("it would say something else:\n{text}"),
    }
}

/// All that is written, in order: comments, names and values, without blanks and commas.
fn ink(text: &str) -> String {
    text.chars().filter(|it| !it.is_ascii_whitespace() && *it != ',').collect()
}

fn check(text: &str) {
    let Some(once) = laid_out(text) else { return };
    assert_eq!(ink(text), ink(&once), "{text}");
    let values = |text: &str| text.parse::<toml::Table>().unwrap();
    assert_eq!(values(text), values(&once), "{text}");
    assert_eq!(laid_out(&once).as_ref(), Some(&once), "{text}");
    assert!(once.lines().all(|it| it == it.trim_end() || text.contains(it)), "{once}");
    assert!(once.is_empty() || once.ends_with('\n') && !once.ends_with("\n\n"));
}

fn texts(folders: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for folder in folders {
        toml_files(Path::new(folder), &mut found);
    }
    found.iter().filter_map(|it| fs::read_to_string(it).ok()).collect()
}

#[test]
fn every_file_of_the_repository_says_what_it_said() {
    let all = texts(&["../protocols", "../examples", "suite"]);
    assert!(all.len() > 500, "only {} files", all.len());
    for text in all {
        check(&text);
    }
}

#[test]
fn the_files_that_ship_are_laid_out() {
    let all = texts(&["../protocols", "../examples"]);
    assert!(all.len() > 200, "only {} files", all.len());
    for text in all {
        assert_eq!(laid_out(&text).as_ref(), Some(&text));
    }
}

/// One edit at a place.
#[derive(Clone, Debug)]
enum Edit {
    Insert(&'static str),
    /// A comment at the end of the line, with a number that no other has.
    Comment(u32),
    /// The blank or line end that comes next.
    Remove,
    /// This line and the next.
    Swap,
}

fn edit() -> impl Strategy<Value = (usize, Edit)> {
    let inserted = prop::sample::select(vec![" ", "    ", "\t", "\n", "\r\n", "\n\n\n", ",", "# "]);
    let edit = prop_oneof![
        3 => inserted.prop_map(Edit::Insert),
        2 => any::<u32>().prop_map(Edit::Comment),
        2 => Just(Edit::Remove),
        1 => Just(Edit::Swap),
    ];
    (any::<usize>(), edit)
}

fn edited(text: &str, at: usize, edit: &Edit) -> String {
    let mut at = at % (text.len() + 1);
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let (before, after) = text.split_at(at);
    match edit {
        Edit::Insert(what) => format!("{before}{what}{after}"),
        Edit::Comment(number) => {
            let (line, rest) = after.split_at(after.find('\n').unwrap_or(after.len()));
            format!("{before}{line}#{number}{rest}")
        }
        Edit::Remove => {
            let Some((start, end)) = after.split_once([' ', '\n']) else {
                return text.to_owned();
            };
            format!("{before}{start}{end}")
        }
        Edit::Swap => {
            let start = before.rfind('\n').map_or(0, |it| it + 1);
            let (above, below) = text.split_at(start);
            let mut lines: Vec<&str> = below.split_inclusive('\n').collect();
            if lines.len() < 2 {
                return text.to_owned();
            }
            lines.swap(0, 1);
            format!("{above}{}", lines.concat())
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_edited_file_says_what_it_said(
        place in any::<prop::sample::Index>(),
        edits in prop::collection::vec(edit(), 1..24),
    ) {
        let mut all = texts(&["../protocols/small-business", "../protocols/conduct"]);
        all.retain(|it| it.len() <= EDITED_BYTES_MAX);
        let mut text = all.swap_remove(place.index(all.len()));
        for (at, edit) in edits {
            let changed = edited(&text, at, &edit);
            if changed.parse::<toml::Table>().is_ok() {
                text = changed;
            }
        }
        check(&text);
    }

    #[test]
    fn no_text_is_too_strange(text in "[ \\[\\]{}=,.#\"'\\\\\n\r\ta1é-]{0,64}") {
        check(&text);
    }
}
