//! `cargo xtask gen`: files that are written by us, from what stands elsewhere.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::output;
use crate::rules::{self, Declared};
use crate::tree::{self, Tree};

const INDEX: &str = "docs/diagnostics/README.md";
const PAGES: &str = "cli/src/explain/pages.rs";
const TEMPLATES: &str = "store/src/protocols.rs";
/// The protocols, as `TEMPLATES` names them.
const PROTOCOLS_FOLDER: &str = "../../protocols";
/// How `TEMPLATES` begins.
const TEMPLATES_START: &str = "\
//! The files of the shipped protocols. Written by `cargo xtask gen`.

/// A protocol by name, and its files: paths inside its folder, and texts.
pub type ShippedProtocol = (&'static str, &'static [(&'static str, &'static str)]);

macro_rules! protocol {
    ($name:literal: $($path:literal)*) => {
        ($name, &[$(($path, include_str!(concat!(\"FOLDER/\", $name, \"/\", $path)))),*])
    };
}

/// In order of their names.
pub const PROTOCOLS: &[ShippedProtocol] = &[
";
/// The endings of the files of a protocol that a copy of it needs.
const TEMPLATE_ENDINGS: [&str; 5] = ["toml", "rhai", "md", "ics", "snap"];
/// How `INDEX` begins.
const INDEX_START: &str = "\
# Diagnostics

What `protocol check` may say. `protocol check --explain CODE` prints a page: what the code means, a
wrong piece and a right one, and how to fix it.

An error has to be mended before any case can be opened. A warning leaves the protocol usable and says
that something is probably not as its author meant it; `--deny-warnings` treats it as an error.

This list is written by `cargo xtask gen`.
";
const INDEX_COLUMNS: &str = "| code | kind | what it means |\n| --- | --- | --- |\n";
/// The groups of `INDEX` in reading order: a layer, the kinds, the heading.
const GROUPS: [(&str, &[&str], &str); 7] = [
    ("syntax", &["error", "warning"], "Files, and how they are written"),
    ("check", &["error"], "What is missing, unknown or contradicts itself"),
    ("check", &["warning"], "What is perhaps not meant"),
    ("script", &["error", "warning"], "Conditions and functions"),
    ("inspect", &["error"], "What goes wrong in a case"),
    ("inspect", &["warning"], "What a case shows to be weak or without effect"),
    ("scenario", &["error", "warning"], "Scenarios"),
];
/// The pages of diagnostics, as `PAGES` names them.
const PAGES_FOLDER: &str = "../../../docs/diagnostics";

/// A file that is written by us: its path from the root, and what it should say.
type Generated = (&'static str, String);

/// Writes every generated file that is out of date and names it.
///
/// # Errors
///
/// The repository cannot be read or written, or rustfmt cannot be run.
pub(crate) fn run() -> Result<bool> {
    let root = tree::root()?;
    for (path, text) in stale(&root)? {
        let target = root.join(path);
        let folder = target.parent().context("a generated file lies in a folder")?;
        fs::create_dir_all(folder).context(path)?;
        fs::write(&target, text).context(path)?;
        output::say(path)?;
    }
    Ok(true)
}

/// The generated files that are not what they should be.
///
/// # Errors
///
/// The repository cannot be read, or rustfmt cannot be run.
pub(crate) fn stale(root: &Path) -> Result<Vec<Generated>> {
    let tree = Tree::read(root)?;
    let is_stale = |(path, text): &Generated| tree.get(path).is_none_or(|it| it.text != *text);
    Ok(generated(root, &tree)?.into_iter().filter(is_stale).collect())
}

fn generated(root: &Path, tree: &Tree) -> Result<Vec<Generated>> {
    let by_file = rules::declared(tree);
    let index = index(tree, &by_file);
    let mut codes: Vec<Declared> = by_file.into_values().flatten().collect();
    codes.sort_by(|a, b| a.code.cmp(&b.code));
    Ok(vec![
        (INDEX, index),
        (PAGES, formatted(root, &pages(tree, &codes))?),
        (TEMPLATES, formatted(root, &templates(tree))?),
    ])
}

fn index(tree: &Tree, by_file: &BTreeMap<String, Vec<Declared>>) -> String {
    let mut text = INDEX_START.to_owned();
    for (layer, severities, heading) in GROUPS {
        let folder = format!("engine/src/{layer}/");
        let files = by_file.iter().filter(|(path, _)| path.starts_with(&folder));
        let group =
            files.flat_map(|(_, codes)| codes).filter(|it| severities.contains(&it.severity));
        let rows: Vec<String> = group.map(|it| index_row(tree, it)).collect();
        if !rows.is_empty() {
            text.push_str(&format!("\n## {heading}\n\n{INDEX_COLUMNS}{}", rows.concat()));
        }
    }
    text
}

fn index_row(tree: &Tree, Declared { code, severity, .. }: &Declared) -> String {
    let page = tree.get(&format!("docs/diagnostics/{code}.md"));
    let sentence = page.map(|it| first_sentence(&it.text)).unwrap_or_default();
    format!("| [`{code}`]({code}.md) | {severity} | {sentence} |\n")
}

/// The first sentence below the title, on one line.
fn first_sentence(page: &str) -> String {
    let is_before = |it: &&str| it.is_empty() || it.starts_with('#');
    let lines = page.lines().map(str::trim).skip_while(is_before).take_while(|it| !it.is_empty());
    let paragraph = lines.collect::<Vec<_>>().join(" ").replace('|', "\\|");
    match paragraph.split_once(". ") {
        Some((first, _)) => format!("{first}."),
        None => paragraph,
    }
}

/// Only pages that are there: a missing one is named by tidy and does not stop the build.
fn pages(tree: &Tree, codes: &[Declared]) -> String {
    let mut text = "//! The pages of all diagnostics, by code. Written by `cargo xtask gen`.\n\n\
        /// Code and page, in order of code.\n\
        pub const PAGES: &[(&str, &str)] = &[\n"
        .to_owned();
    let is_there = |code: &str| tree.get(&format!("docs/diagnostics/{code}.md")).is_some();
    for Declared { code, .. } in codes.iter().filter(|it| is_there(&it.code)) {
        text.push_str(&format!("(\"{code}\", include_str!(\"{PAGES_FOLDER}/{code}.md\")),\n"));
    }
    text.push_str("];\n");
    text
}

/// The shipped protocols, part of the program for `protocol new`. What is said of a protocol to
/// readers of this repository (its README) is no part of a copy.
fn templates(tree: &Tree) -> String {
    let mut text = TEMPLATES_START.replace("FOLDER", PROTOCOLS_FOLDER);
    for protocol in tree.files().filter_map(|it| it.path.strip_suffix("/protocol.toml")) {
        let Some(name) = protocol.strip_prefix("protocols/").filter(|it| !it.contains('/')) else {
            continue;
        };
        text.push_str(&format!("    protocol! {{ \"{name}\":\n"));
        let folder = format!("{protocol}/");
        let endings = tree.files().filter(|it| TEMPLATE_ENDINGS.contains(&it.ending()));
        let paths = endings.filter_map(|it| it.path.strip_prefix(&folder));
        let paths: Vec<&str> = paths.filter(|it| *it != "README.md").collect();
        // A scenario and its timeline stand on one line.
        let stem = |path: &str| path.rsplit_once('.').map(|it| it.0.to_owned());
        for line in paths.chunk_by(|one, next| stem(one) == stem(next)) {
            let quoted: Vec<String> = line.iter().map(|path| format!("\"{path}\"")).collect();
            text.push_str(&format!("        {}\n", quoted.join(" ")));
        }
        text.push_str("    },\n");
    }
    text.push_str("];\n");
    text
}

fn formatted(root: &Path, text: &str) -> Result<String> {
    let mut rustfmt = Command::new("rustfmt")
        .args(["--edition", "2024", "--emit", "stdout"])
        .current_dir(root)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .context("rustfmt cannot be started")?;
    let mut stdin = rustfmt.stdin.take().context("rustfmt takes no text")?;
    stdin.write_all(text.as_bytes()).context("rustfmt takes no text")?;
    drop(stdin);
    let output = rustfmt.wait_with_output().context("rustfmt is lost")?;
    if !output.status.success() {
        bail!("rustfmt refuses a generated file");
    }
    String::from_utf8(output.stdout).context("rustfmt gives no text")
}

#[cfg(test)]
mod tests {
    use super::{INDEX, PAGES, generated};
    use crate::tree::made_up::Folder;

    const RULE: &str = "const CODE: Code = Code::warning(\"late-bell\");\n";

    #[track_caller]
    fn check(path: &str, page: &str, expected_end: &str) {
        let folder = Folder::with(&[
            ("rustfmt.toml", include_str!("../../rustfmt.toml")),
            ("engine/src/check/rules/late_bell.rs", RULE),
            ("docs/diagnostics/late-bell.md", page),
        ]);
        let files = generated(&folder.0, &folder.tree()).unwrap();
        let text = files.into_iter().find_map(|(it, text)| (it == path).then_some(text)).unwrap();
        assert!(text.ends_with(expected_end), "{text}");
    }

    #[test]
    fn the_index_has_kind_and_first_sentence() {
        let page = "# late-bell\n\nThe bell\nis late. It rings\n\nMore.\n";
        check(INDEX, page, "| [`late-bell`](late-bell.md) | warning | The bell is late. |\n");
    }

    #[test]
    fn a_page_of_one_sentence_is_enough() {
        let line = "| [`late-bell`](late-bell.md) | warning | The bell is late. |\n";
        check(INDEX, "# late-bell\n\nThe bell is late.\n", line);
    }

    #[test]
    fn the_pages_are_formatted() {
        check(
            PAGES,
            "",
            "&[(\"late-bell\", include_str!(\"../../../docs/diagnostics/late-bell.md\"))];\n",
        );
    }
}
