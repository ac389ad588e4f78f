//! Small files without spaces at line ends and without tabs.

use crate::finding::Finding;
use crate::tree::{SourceFile, Tree};

/// Length of a file.
const FILE_BYTES_MAX: usize = 200_000;
/// Files that people write by hand.
const WRITTEN: [&str; 5] = ["rs", "toml", "md", "rhai", "sh"];
/// Files in which an indent is spaces.
const WITHOUT_TABS: [&str; 3] = ["rs", "toml", "md"];
/// Files here may be wrong on purpose.
const FIXTURES: &str = "tests/suite/";

pub(crate) fn findings(tree: &Tree) -> Vec<Finding> {
    let mut found = Vec::new();
    for file in tree.files() {
        if file.bytes > FILE_BYTES_MAX {
            let what = format!("{} bytes, at most {FILE_BYTES_MAX} are allowed", file.bytes);
            found.push(Finding::whole(&file.path, what));
        }
        if WRITTEN.contains(&file.ending()) && !file.path.starts_with(FIXTURES) {
            found.extend(in_lines(file));
        }
    }
    found
}

fn in_lines(file: &SourceFile) -> Vec<Finding> {
    let mut found = Vec::new();
    for (line_index, line) in file.text.split('\n').enumerate() {
        let mut add = |what: &str| found.push(Finding::at(&file.path, line_index + 1, what));
        if line.ends_with(char::is_whitespace) {
            add("space at the end of the line");
        }
        if line.contains('\t') && WITHOUT_TABS.contains(&file.ending()) {
            add("tab; indent with spaces");
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::findings;
    use crate::tree::made_up;

    #[track_caller]
    fn check(path: &str, text: &str, expected: &[&str]) {
        made_up::check(findings, &[(path, text)], expected);
    }

    #[test]
    fn a_space_at_the_end_is_found() {
        check("a.md", "a\nb \n", &["a.md:2: space at the end of the line"]);
        check("a.toml", "a = 1\r\n", &["a.toml:1: space at the end of the line"]);
    }

    #[test]
    fn a_tab_is_found() {
        check("a.rs", "\tfn\n", &["a.rs:1: tab; indent with spaces"]);
        check("a.csv", "a\tb\n", &[]);
    }

    #[test]
    fn a_fixture_may_be_wrong_on_purpose() {
        check("tests/suite/diagnostics/a/bad.toml", "a = \t1 \n", &[]);
    }

    #[test]
    fn a_large_file_is_found() {
        check(
            "a.csv",
            &"x".repeat(200_001),
            &["a.csv:1: 200001 bytes, at most 200000 are allowed"],
        );
    }
}
