//! Files and folders that a person can hold in the head.

use std::collections::{BTreeMap, BTreeSet};

use crate::finding::Finding;
use crate::tree::{SourceFile, Tree};

/// Lines of a file without its tests.
const FILE_LINES_MAX: usize = 600;
/// Rust files in one folder.
const FOLDER_FILES_MAX: usize = 12;
/// Folders that hold one file for each thing of a kind.
const FREE_FOLDERS: [&str; 2] = ["rules", "command"];
/// Files that are longer for the time being: `path lines`, one a line.
const RATCHET: &str = "xtask/ratchet.txt";

pub(crate) fn findings(tree: &Tree) -> Vec<Finding> {
    let allowed = ratchet(tree);
    let mut found: Vec<Finding> =
        tree.rust("").filter_map(|file| too_long(file, allowed.get(file.path.as_str()))).collect();
    for (path, line) in &allowed {
        if tree.get(path).is_none() {
            let what = format!("`{path}` is gone; remove this line");
            found.push(Finding::at(RATCHET, line.line_number, what));
        }
    }
    found.extend(full_folders(tree));
    found
}

#[derive(Clone, Copy)]
struct Allowed {
    lines: usize,
    line_number: usize,
}

fn ratchet(tree: &Tree) -> BTreeMap<&str, Allowed> {
    let text = tree.get(RATCHET).map_or("", |it| it.text.as_str());
    let mut allowed = BTreeMap::new();
    for (line_index, line) in text.lines().enumerate() {
        let Some((path, lines)) = line.split_once(' ').filter(|_| !line.starts_with('#')) else {
            continue;
        };
        // A line that cannot be read allows nothing, so its file is reported.
        if let Ok(lines) = lines.parse() {
            allowed.insert(path, Allowed { lines, line_number: line_index + 1 });
        }
    }
    allowed
}

fn too_long(file: &SourceFile, allowed: Option<&Allowed>) -> Option<Finding> {
    let lines = lines_without_tests(file);
    match allowed {
        None if lines <= FILE_LINES_MAX => None,
        None => {
            let what = format!("{lines} lines, at most {FILE_LINES_MAX} are allowed");
            Some(Finding::whole(&file.path, what))
        }
        Some(allowed) if lines == allowed.lines && lines > FILE_LINES_MAX => None,
        Some(allowed) if lines > allowed.lines => {
            let what = format!("{lines} lines, {RATCHET} allows {}", allowed.lines);
            Some(Finding::whole(&file.path, what))
        }
        Some(allowed) if lines > FILE_LINES_MAX => {
            let what = format!("`{}` has shrunk; write {lines} here", file.path);
            Some(Finding::at(RATCHET, allowed.line_number, what))
        }
        Some(allowed) => {
            let what = format!("`{}` is short enough; remove this line", file.path);
            Some(Finding::at(RATCHET, allowed.line_number, what))
        }
    }
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

fn full_folders(tree: &Tree) -> Vec<Finding> {
    let folders: BTreeSet<&str> = tree.rust("").map(SourceFile::folder).collect();
    let mut found = Vec::new();
    for folder in folders {
        let name = folder.rsplit('/').next().unwrap_or_default();
        let n_files = tree.rust("").filter(|it| it.folder() == folder).count();
        if n_files > FOLDER_FILES_MAX && !FREE_FOLDERS.contains(&name) {
            let what = format!("{n_files} Rust files, at most {FOLDER_FILES_MAX} are allowed");
            found.push(Finding::whole(folder, what));
        }
    }
    found
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
        let short = ["xtask/ratchet.txt:1: `a.rs` is short enough; remove this line"];
        check(&[("a.rs", "//\n"), ratchet], &short);
        check(&[ratchet], &["xtask/ratchet.txt:1: `a.rs` is gone; remove this line"]);
    }

    #[test]
    fn a_full_folder_is_found_unless_it_holds_rules() {
        let names: Vec<String> = (0..13).map(|n| format!("src/f{n}.rs")).collect();
        let files: Vec<(&str, &str)> = names.iter().map(|it| (it.as_str(), "")).collect();
        check(&files, &["src:1: 13 Rust files, at most 12 are allowed"]);
        let names: Vec<String> = (0..13).map(|n| format!("src/rules/f{n}.rs")).collect();
        let files: Vec<(&str, &str)> = names.iter().map(|it| (it.as_str(), "")).collect();
        check(&files, &[]);
    }
}
