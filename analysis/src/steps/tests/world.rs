//! The protocols that ship with Redress, and small ones.

use std::fs;
use std::path::{Path, PathBuf};

use engine::machine::Machine;
use engine::text::SourceSet;

/// Those that are looked at.
pub(crate) const SHIPPED: [&str; 4] =
    ["uk-fca-disp", "uk-housing-code", "nl-awb", "small-business"];

fn protocols() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../protocols")
}

fn files(folder: &Path, prefix: &str, found: &mut Vec<(String, Vec<u8>)>) {
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

/// A shipped protocol, with something more at its end.
pub(crate) fn shipped_with(name: &str, more: &str) -> Machine {
    let mut found = Vec::new();
    files(&protocols().join(name), "", &mut found);
    files(&protocols().join("calendars"), "shipped:calendars/", &mut found);
    files(&protocols().join("conduct"), "shipped:conduct/", &mut found);
    for (path, text) in &mut found {
        if path.starts_with("shipped:conduct/letters/") {
            *path = path.replace(".md", ".en.md");
        }
        if path == "protocol.toml" {
            text.extend(more.bytes());
        }
    }
    found.sort();
    let (machine, out) = engine::load(&SourceSet::new("", found));
    let faults: Vec<&str> = out.iter().map(|it| it.message.as_str()).collect();
    machine.unwrap_or_else(|| panic!("{faults:?}"))
}

/// A shipped protocol.
pub(crate) fn shipped(name: &str) -> Machine {
    shipped_with(name, "")
}
