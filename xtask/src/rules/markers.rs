//! Unfinished work has an issue, and no test is switched off or expected to panic.

use crate::finding::Finding;
use crate::rust_text::{self, Part};
use crate::tree::{SourceFile, Tree};

/// Spelt in two pieces, so that the rule does not find itself.
const NEVER: &str = concat!("FIX", "ME");
const WITH_ISSUE: &str = concat!("TO", "DO");
/// The style guide speaks about these words.
const EXEMPT: &str = "docs/STYLE.md";

pub(crate) fn findings(tree: &Tree) -> Vec<Finding> {
    let mut found = Vec::new();
    for file in tree.files() {
        match file.ending() {
            "rs" => {
                found.extend(in_text(file, &rust_text::only(&file.text, &[Part::Comment])));
                found.extend(test_attributes(file));
            }
            "toml" | "md" | "rhai" | "sh" if file.path != EXEMPT => {
                found.extend(in_text(file, &file.text));
            }
            _ => {}
        }
    }
    found
}

fn in_text(file: &SourceFile, text: &str) -> Vec<Finding> {
    let mut found = Vec::new();
    for (line_index, line) in text.lines().enumerate() {
        let mut add = |what: String| found.push(Finding::at(&file.path, line_index + 1, what));
        if contains_word(line, NEVER).is_some() {
            add(format!("{NEVER} never lands"));
        }
        if contains_word(line, WITH_ISSUE).is_some_and(|after| !starts_with_issue(after)) {
            add(format!("{WITH_ISSUE} without an issue; write `{WITH_ISSUE}(#12)`"));
        }
    }
    found
}

/// What follows the word, when it stands alone.
fn contains_word<'a>(line: &'a str, word: &str) -> Option<&'a str> {
    let (before, after) = line.split_once(word)?;
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    (!before.ends_with(is_part) && !after.starts_with(is_part)).then_some(after)
}

fn starts_with_issue(after: &str) -> bool {
    let number = after.strip_prefix("(#").and_then(|it| it.split_once(')'));
    number.is_some_and(|(it, _)| !it.is_empty() && it.chars().all(|c| c.is_ascii_digit()))
}

fn test_attributes(file: &SourceFile) -> Vec<Finding> {
    let words = rust_text::words(&file.text);
    let mut found = Vec::new();
    for three in words.windows(3) {
        let [hash, bracket, name] = three else { continue };
        let is_attribute = hash.text == "#" && bracket.text == "[";
        if is_attribute && ["ignore", "should_panic"].contains(&name.text.as_str()) {
            let what = format!("`#[{}]` is not used: assert what happens today", name.text);
            found.push(Finding::at(&file.path, name.line_number, what));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{NEVER, WITH_ISSUE, findings};
    use crate::tree::made_up;

    #[track_caller]
    fn check(path: &str, text: &str, expected: &[&str]) {
        made_up::check(findings, &[(path, text)], expected);
    }

    #[test]
    fn the_word_that_never_lands_is_found_in_comments_only() {
        let found = format!("a.rs:2: {NEVER} never lands");
        check("a.rs", &format!("let a = \"{NEVER}\";\n// {NEVER}: b\n"), &[&found]);
    }

    #[test]
    fn work_to_do_needs_an_issue() {
        check("a.rs", &format!("// {WITH_ISSUE}(#12): b\n"), &[]);
        let found = format!("a.toml:1: {WITH_ISSUE} without an issue; write `{WITH_ISSUE}(#12)`");
        check("a.toml", &format!("a = 1 # {WITH_ISSUE} b\n"), &[&found]);
    }

    #[test]
    fn a_test_is_not_switched_off() {
        let found = ["a.rs:1: `#[ignore]` is not used: assert what happens today"];
        check("a.rs", "#[ignore = \"slow\"]\n#[test]\nfn f() {}\n", &found);
    }

    #[test]
    fn a_test_is_not_expected_to_panic() {
        let found = ["a.rs:1: `#[should_panic]` is not used: assert what happens today"];
        check("a.rs", "#[should_panic]\n", &found);
    }
}
