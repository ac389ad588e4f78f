//! Links of Markdown pages lead to files of the repository.

use crate::finding::Finding;
use crate::tree::{SourceFile, Tree};

pub(crate) fn findings(tree: &Tree) -> Vec<Finding> {
    let mut found = Vec::new();
    for file in tree.files().filter(|it| it.ending() == "md") {
        for (line_number, target) in targets(&file.text) {
            let fault = match resolve(file, &target) {
                None => Some(format!("link `{target}` leads out of the repository")),
                Some(path) if tree.has(&path) => None,
                Some(path) => {
                    Some(format!("link `{target}` leads to `{path}`, which does not exist"))
                }
            };
            found.extend(fault.map(|what| Finding::at(&file.path, line_number, what)));
        }
    }
    found
}

/// Targets of links to files, outside code, without their `#part`.
fn targets(text: &str) -> Vec<(usize, String)> {
    let mut targets = Vec::new();
    let mut fence: Option<&str> = None;
    for (line_index, line) in text.lines().enumerate() {
        let start = line.trim_start();
        let mark = ["```", "~~~"].into_iter().find(|it| start.starts_with(it));
        match (fence, mark) {
            (None, Some(mark)) => fence = Some(mark),
            (Some(open), Some(mark)) if open == mark => fence = None,
            (None, None) => {
                targets.extend(in_line(line).into_iter().map(|it| (line_index + 1, it)));
            }
            _ => {}
        }
    }
    targets
}

fn in_line(line: &str) -> Vec<String> {
    // Every second piece between back quotes is code.
    let plain: String = line.split('`').step_by(2).collect::<Vec<_>>().join("`");
    let inline = plain.split("](").skip(1).filter_map(|it| it.split(')').next());
    let reference = plain.strip_prefix('[').and_then(|it| it.split_once("]: ")).map(|it| it.1);
    inline.chain(reference).filter_map(file_of).collect()
}

fn file_of(target: &str) -> Option<String> {
    let target = target.split_whitespace().next()?.trim_matches(['<', '>']);
    let has_scheme = target.contains("://") || target.starts_with("mailto:");
    let path = target.split('#').next().filter(|it| !it.is_empty() && !has_scheme)?;
    Some(path.to_owned())
}

/// The path from the root of the repository; none when it lies outside.
fn resolve(file: &SourceFile, target: &str) -> Option<String> {
    if target.starts_with('/') {
        return None;
    }
    let mut names: Vec<&str> = file.folder().split('/').filter(|it| !it.is_empty()).collect();
    for name in target.split('/') {
        match name {
            "" | "." => {}
            ".." => drop(names.pop()?),
            _ => names.push(name),
        }
    }
    Some(names.join("/"))
}

#[cfg(test)]
mod tests {
    use super::findings;
    use crate::tree::made_up;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let other = ("docs/other page.md", "");
        made_up::check(findings, &[("docs/a.md", text), ("README.md", ""), other], expected);
    }

    #[test]
    fn links_to_files_folders_parts_and_the_web_are_fine() {
        check("[a](../README.md#part) [b](../docs) [c](#here) [d](https://example.org/x)\n", &[]);
    }

    #[test]
    fn a_broken_link_is_found() {
        let found = "docs/a.md:2: link `b.md` leads to `docs/b.md`, which does not exist";
        check("\nsee [b](b.md \"title\")\n", &[found]);
    }

    #[test]
    fn a_broken_reference_is_found() {
        check(
            "[b]: b.md\n",
            &["docs/a.md:1: link `b.md` leads to `docs/b.md`, which does not exist"],
        );
    }

    #[test]
    fn a_link_may_not_leave_the_repository() {
        check("[b](../../b.md)\n", &["docs/a.md:1: link `../../b.md` leads out of the repository"]);
        check("[b](/etc/b.md)\n", &["docs/a.md:1: link `/etc/b.md` leads out of the repository"]);
    }

    #[test]
    fn code_holds_no_links() {
        check("```text\n[b](b.md)\n```\nand `[b](b.md)`\n", &[]);
    }
}
