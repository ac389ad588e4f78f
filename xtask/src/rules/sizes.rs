//! Files and folders that a person can hold in the head.

use std::collections::BTreeMap;

use crate::finding::Finding;
use crate::tree::{SourceFile, Tree};

/// Lines of a file without its tests.
const FILE_LINES_MAX: usize = 600;
/// Rust files in one folder.
const FOLDER_FILES_MAX: usize = 12;
/// Folders that hold one file for each thing of a kind.
const FREE_FOLDERS: [&str; 2] = ["rules", "command"];
/// What is larger for the time being: `path size`, one a line.
const RATCHET: &str = "xtask/ratchet.txt";

pub(crate) fn findings(tree: &Tree) -> Vec<Finding> {
    let allowed = ratchet(tree);
    let measured: Vec<Measured<'_>> = files(tree).chain(folders_of(tree)).collect();
    let mut found: Vec<Finding> =
        measured.iter().filter_map(|it| too_large(it, allowed.get(it.path))).collect();
    for (path, entry) in &allowed {
        if measured.iter().all(|it| it.path != *path) {
            let what = format!("`{path}` is gone; remove this line");
            found.push(Finding::at(RATCHET, entry.line_number, what));
        }
    }
    found
}

/// A file or folder with its size.
struct Measured<'a> {
    path: &'a str,
    size: usize,
    size_max: usize,
    unit: &'static str,
}

#[derive(Clone, Copy)]
struct Allowed {
    size: usize,
    line_number: usize,
}

fn ratchet(tree: &Tree) -> BTreeMap<&str, Allowed> {
    let text = tree.get(RATCHET).map_or("", |it| it.text.as_str());
    let mut allowed = BTreeMap::new();
    for (line_index, line) in text.lines().enumerate() {
        let Some((path, size)) = line.split_once(' ').filter(|_| !line.starts_with('#')) else {
            continue;
        };
        // A line that cannot be read allows nothing, so what it names is reported.
        if let Ok(size) = size.parse() {
            allowed.insert(path, Allowed { size, line_number: line_index + 1 });
        }
    }
    allowed
}

fn too_large(it: &Measured<'_>, allowed: Option<&Allowed>) -> Option<Finding> {
    let Measured { path, size, size_max, unit } = *it;
    let Some(allowed) = allowed else {
        let what = format!("{size} {unit}, at most {size_max} are allowed");
        return (size > size_max).then(|| Finding::whole(path, what));
    };
    if size > allowed.size {
        let what = format!("{size} {unit}, {RATCHET} allows {}", allowed.size);
        return Some(Finding::whole(path, what));
    }
    if size <= size_max {
        let what = format!("`{path}` is small enough; remove this line");
        return Some(Finding::at(RATCHET, allowed.line_number, what));
    }
    let what = format!("`{path}` has shrunk; write {size} here");
    (size < allowed.size).then(|| Finding::at(RATCHET, allowed.line_number, what))
}

fn files(tree: &Tree) -> impl Iterator<Item = Measured<'_>> {
    tree.rust("").map(|file| Measured {
        path: &file.path,
        size: lines_without_tests(file),
        size_max: FILE_LINES_MAX,
        unit: "lines",
    })
}

fn lines_without_tests(file: &SourceFile) -> usize {
    if file.name() == "tests.rs" || file.folder().ends_with("/tests") {
        return 0;
    }
    let mut lines = file.text.lines().peekable();
    let mut n_lines = 0;
    while let Some(line) = lines.next() {
        let opens_tests =
            line == "#[cfg(test)]" && lines.peek().is_some_and(|it| it.ends_with('{'));
        if opens_tests {
            lines.by_ref().find(|it| *it == "}");
        } else {
            n_lines += 1;
        }
    }
    n_lines
}

/// Folders with Rust files, without those that may hold any number.
fn folders_of(tree: &Tree) -> impl Iterator<Item = Measured<'_>> {
    let mut folders: BTreeMap<&str, usize> = BTreeMap::new();
    for file in tree.rust("") {
        let n_files = folders.entry(file.folder()).or_default();
        *n_files += 1;
    }
    let is_free = |path: &str| FREE_FOLDERS.contains(&path.rsplit('/').next().unwrap_or_default());
    folders.into_iter().filter(move |(path, _)| !is_free(path)).map(|(path, size)| Measured {
        path,
        size,
        size_max: FOLDER_FILES_MAX,
        unit: "Rust files",
    })
}

#[cfg(test)]
mod tests {
    use super::findings;
    use crate::tree::made_up;

    #[track_caller]
    fn check(files: &[(&str, &str)], expected: &[&str]) {
        made_up::check(findings, files, expected);
    }

    #[test]
    fn a_long_file_is_found() {
        let found = ["a.rs:1: 601 lines, at most 600 are allowed"];
        check(&[("a.rs", &"//\n".repeat(601)), ("b.rs", &"//\n".repeat(600))], &found);
    }

    #[test]
    fn tests_do_not_count() {
        let tests = format!("#[cfg(test)]\nmod tests {{\n{}}}\n", "    //\n".repeat(700));
        check(&[("a.rs", &tests), ("tests.rs", &"//\n".repeat(700))], &[]);
    }

    #[test]
    fn code_after_the_tests_counts() {
        let text = format!("#[cfg(test)]\nmod tests {{\n}}\n{}", "//\n".repeat(601));
        check(&[("a.rs", &text)], &["a.rs:1: 601 lines, at most 600 are allowed"]);
    }

    #[test]
    fn the_ratchet_lets_a_file_keep_its_length_and_no_more() {
        let ratchet = ("xtask/ratchet.txt", "# path lines\na.rs 700\n");
        check(&[("a.rs", &"//\n".repeat(700)), ratchet], &[]);
        let found = ["a.rs:1: 701 lines, xtask/ratchet.txt allows 700"];
        check(&[("a.rs", &"//\n".repeat(701)), ratchet], &found);
    }

    #[test]
    fn the_ratchet_shrinks_with_its_files() {
        let ratchet = ("xtask/ratchet.txt", "a.rs 700\n");
        let shrunk = ["xtask/ratchet.txt:1: `a.rs` has shrunk; write 650 here"];
        check(&[("a.rs", &"//\n".repeat(650)), ratchet], &shrunk);
        let short = ["xtask/ratchet.txt:1: `a.rs` is small enough; remove this line"];
        check(&[("a.rs", "//\n"), ratchet], &short);
        check(&[ratchet], &["xtask/ratchet.txt:1: `a.rs` is gone; remove this line"]);
    }

    #[test]
    fn a_full_folder_is_found_unless_it_holds_rules() {
        let names: Vec<String> = (0..13).map(|n| format!("src/f{n}.rs")).collect();
        let files: Vec<(&str, &str)> = names.iter().map(|it| (it.as_str(), "")).collect();
        check(&files, &["src:1: 13 Rust files, at most 12 are allowed"]);
        let files: Vec<_> = files.into_iter().chain([("xtask/ratchet.txt", "src 13\n")]).collect();
        check(&files, &[]);
        let names: Vec<String> = (0..13).map(|n| format!("src/rules/f{n}.rs")).collect();
        let files: Vec<(&str, &str)> = names.iter().map(|it| (it.as_str(), "")).collect();
        check(&files, &[]);
    }
}
