//! Protocols as the tests need them: those that ship, and small ones of one file.

use std::fs;
use std::path::{Path, PathBuf};

use engine::machine::Machine;
use engine::text::SourceSet;

/// A file by its path inside a protocol, and what it holds.
type File = (String, Vec<u8>);

fn protocols() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../protocols")
}

fn files(folder: &Path, prefix: &str, found: &mut Vec<File>) {
    let mut paths: Vec<PathBuf> =
        fs::read_dir(folder).unwrap().map(|it| it.unwrap().path()).collect();
    paths.sort();
    for path in paths {
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if path.is_dir() {
            if name != "scenarios" {
                files(&path, &format!("{prefix}{name}/"), found);
            }
        } else {
            found.push((format!("{prefix}{name}"), fs::read(&path).unwrap()));
        }
    }
}

/// The machine of these files and of the sets of holidays that ship.
#[track_caller]
fn loaded(mut found: Vec<File>) -> Machine {
    files(&protocols().join("calendars"), "shipped:calendars/", &mut found);
    found.sort();
    let (machine, out) = engine::load(&SourceSet::new("", found));
    let faults: Vec<&str> = out.iter().map(|it| it.message.as_str()).collect();
    machine.unwrap_or_else(|| panic!("{faults:?}"))
}

/// A protocol of one file, which may count by the sets of holidays that ship.
#[track_caller]
pub(crate) fn of_text(text: impl Into<Vec<u8>>) -> Machine {
    loaded(vec![("protocol.toml".to_owned(), text.into())])
}

/// A shipped protocol, with something more at its end.
#[track_caller]
pub(crate) fn shipped_with(name: &str, more: &str) -> Machine {
    let mut found = Vec::new();
    files(&protocols().join(name), "", &mut found);
    files(&protocols().join("conduct"), "shipped:conduct/", &mut found);
    for (path, text) in &mut found {
        // The letters of a part are in one language, which stands in their paths only.
        if path.starts_with("shipped:conduct/letters/") {
            *path = path.replace(".md", ".en.md");
        }
        if path == "protocol.toml" {
            text.extend(more.bytes());
        }
    }
    loaded(found)
}

/// A shipped protocol.
#[track_caller]
pub(crate) fn shipped(name: &str) -> Machine {
    shipped_with(name, "")
}
