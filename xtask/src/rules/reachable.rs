//! Each Rust file is part of a crate: a `mod` line leads to it.

use std::collections::BTreeSet;

use crate::finding::Finding;
use crate::rust_text;
use crate::tree::{SourceFile, Tree};

/// Folders of a crate whose files are roots of their own.
const ROOT_FOLDERS: [&str; 4] = ["src/bin/", "tests/", "examples/", "benches/"];

pub(crate) fn findings(tree: &Tree) -> Vec<Finding> {
    let mut reached: BTreeSet<String> = BTreeSet::new();
    let mut open: Vec<String> = roots(tree);
    while let Some(path) = open.pop() {
        let Some(file) = tree.get(&path) else { continue };
        if reached.insert(path.clone()) {
            open.extend(children(tree, file));
        }
    }
    let lost = tree.rust("").filter(|it| !reached.contains(&it.path));
    lost.map(|it| Finding::whole(&it.path, "no `mod` line leads to this file")).collect()
}

fn roots(tree: &Tree) -> Vec<String> {
    let mut roots = Vec::new();
    for manifest in tree.files().filter(|it| it.name() == "Cargo.toml") {
        let folder = in_folder(manifest.folder(), "");
        roots.extend(["src/lib.rs", "src/main.rs", "build.rs"].map(|it| format!("{folder}{it}")));
        let named = manifest.text.lines().filter_map(|line| line.strip_prefix("path = \""));
        roots.extend(named.filter_map(|it| it.strip_suffix('"')).map(|it| format!("{folder}{it}")));
        for root_folder in ROOT_FOLDERS {
            let root_folder = format!("{folder}{root_folder}");
            let files = tree.rust(&root_folder);
            let top = files.filter(|it| in_folder(it.folder(), "") == root_folder);
            roots.extend(top.map(|it| it.path.clone()));
            let below = tree.rust(&root_folder).filter(|it| it.name() == "main.rs");
            let of_folder = below.filter(|it| {
                it.folder().strip_prefix(&root_folder).is_some_and(|it| !it.contains('/'))
            });
            roots.extend(of_folder.map(|it| it.path.clone()));
        }
    }
    roots
}

fn children(tree: &Tree, file: &SourceFile) -> Vec<String> {
    let stands_for_folder = ["lib.rs", "main.rs", "mod.rs"].contains(&file.name());
    let own_folder = in_folder(file.folder(), "");
    let folder = match stands_for_folder || is_root(tree, file) {
        true => own_folder,
        false => format!("{own_folder}{}/", file.stem()),
    };
    let words = rust_text::words(&file.text);
    let mut children = Vec::new();
    for three in words.windows(3) {
        let [keyword, name, end] = three else { continue };
        if keyword.text == "mod" && end.text == ";" {
            children.push(format!("{folder}{}.rs", name.text));
            children.push(format!("{folder}{}/mod.rs", name.text));
        }
    }
    children
}

/// Whether modules of this file lie beside it, as for `examples/one.rs`.
fn is_root(tree: &Tree, file: &SourceFile) -> bool {
    let folder = in_folder(file.folder(), "");
    ROOT_FOLDERS.iter().any(|root_folder| {
        let crate_folder = folder.strip_suffix(root_folder);
        crate_folder.is_some_and(|it| tree.get(&format!("{it}Cargo.toml")).is_some())
    })
}

fn in_folder(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}

#[cfg(test)]
mod tests {
    use super::findings;
    use crate::tree::made_up;

    const MANIFEST: (&str, &str) = ("a/Cargo.toml", "[package]\n");

    #[track_caller]
    fn check(files: &[(&str, &str)], expected: &[&str]) {
        made_up::check(findings, files, expected);
    }

    #[test]
    fn a_file_is_reached_over_mod_lines() {
        check(
            &[
                MANIFEST,
                ("a/src/lib.rs", "pub mod b;\nmod c;\n"),
                ("a/src/b/mod.rs", "mod d;\n"),
                ("a/src/b/d.rs", "#[cfg(test)]\nmod tests;\n"),
                ("a/src/b/d/tests.rs", ""),
                ("a/src/c.rs", ""),
            ],
            &[],
        );
    }

    #[test]
    fn a_forgotten_file_is_found() {
        let found = ["a/src/b.rs:1: no `mod` line leads to this file"];
        check(&[MANIFEST, ("a/src/lib.rs", "// mod b;\n"), ("a/src/b.rs", "")], &found);
    }

    #[test]
    fn a_program_named_in_the_manifest_is_a_root() {
        let manifest = ("a/Cargo.toml", "[[bin]]\nname = \"b\"\npath = \"src/start.rs\"\n");
        check(&[manifest, ("a/src/start.rs", "")], &[]);
    }

    #[test]
    fn examples_and_tests_of_a_crate_are_roots() {
        check(&[MANIFEST, ("a/examples/b.rs", "mod c;\n"), ("a/examples/c.rs", "")], &[]);
        check(&[MANIFEST, ("a/tests/b/main.rs", "mod c;\n"), ("a/tests/b/c.rs", "")], &[]);
        let found = ["a/tests/b/c/main.rs:1: no `mod` line leads to this file"];
        check(&[MANIFEST, ("a/tests/b/c/main.rs", "")], &found);
    }
}
