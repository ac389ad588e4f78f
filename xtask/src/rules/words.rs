//! Words that mean nothing outside one machine stay out of the repository.

use crate::finding::Finding;
use crate::tree::Tree;

/// Folders of machines and hosts of package registries. Spelt in two pieces, so that the rule
/// does not find itself.
const WORDS: [&str; 10] = [
    concat!("/wo", "rk/"),
    concat!("/ro", "ot/"),
    concat!("/tmp", "/wt"),
    concat!("index.crates", ".io"),
    concat!("static.crates", ".io"),
    concat!("registry.npm", "js"),
    concat!("files.", "pythonhosted"),
    concat!("pypi", ".org"),
    concat!("proxy.", "golang"),
    concat!("artifact", "ory"),
];
/// Cargo writes this one.
const EXEMPT: &str = "Cargo.lock";

pub(crate) fn findings(tree: &Tree) -> Vec<Finding> {
    let mut found = Vec::new();
    for file in tree.files().filter(|it| it.path != EXEMPT) {
        for (line_index, line) in file.text.lines().enumerate() {
            for word in WORDS.into_iter().filter(|it| stands_in(line, it)) {
                let what = format!("`{word}` belongs to one machine, not to the repository");
                found.push(Finding::at(&file.path, line_index + 1, what));
            }
        }
    }
    found
}

/// Whether the line has the word; a path has it only at its start.
fn stands_in(line: &str, word: &str) -> bool {
    let is_inside_path =
        |before: &str| before.ends_with(|c: char| c.is_alphanumeric() || "._-~)}".contains(c));
    let mut before_each =
        line.match_indices(word).map(|(at, _)| line.get(..at).unwrap_or_default());
    before_each.any(|before| !word.starts_with('/') || !is_inside_path(before))
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
    fn a_folder_of_a_machine_is_found() {
        let folder = concat!("/ro", "ot/");
        let found = format!("a.md:2: `{folder}` belongs to one machine, not to the repository");
        check("a.md", &format!("a\nsee `{folder}x`\n"), &[&found]);
    }

    #[test]
    fn a_folder_of_ours_with_the_same_name_is_fine() {
        check("a.md", concat!("docs/wo", "rk/x\n"), &[]);
    }

    #[test]
    fn a_registry_is_found_except_in_the_lock_file() {
        let host = concat!("index.crates", ".io");
        let found = format!("a.toml:1: `{host}` belongs to one machine, not to the repository");
        check("a.toml", &format!("# sparse {host}\n"), &[&found]);
        check("Cargo.lock", &format!("{host}\n"), &[]);
    }
}
