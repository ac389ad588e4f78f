//! Each kind of fault has a folder `suite/diagnostics/<code>/` with a protocol that has this
//! fault and no other, in itself or in its scenarios, and the text that its author sees (`expected.txt`). `UPDATE=1` writes the
//! texts; the difference is the review.

use std::fs;
use std::path::{Path, PathBuf};

use cli::render::drawing;
use engine::text::{FileId, SourceSet};

const FOLDER: &str = "suite/diagnostics";

/// A fixture too large to be kept: `made.txt` names the file and how many bytes of comment it
/// gets.
fn made(folder: &Path) -> Option<Vec<(String, Vec<u8>)>> {
    let text = fs::read_to_string(folder.join("made.txt")).ok()?;
    let line = |line: &str| {
        let (path, bytes) = line.split_once(' ').unwrap();
        let protocol = fs::read(folder.join(path)).unwrap_or_default();
        let comment = vec![b'#'; bytes.trim().parse().unwrap()];
        (path.to_owned(), [protocol, comment].concat())
    };
    Some(text.lines().map(line).collect())
}

fn sources(folder: &Path) -> SourceSet {
    match made(folder) {
        Some(files) => SourceSet::new(&folder.to_string_lossy(), files),
        None => store::folder::read(folder).unwrap(),
    }
}

/// The faults of a protocol and of its scenarios: the code of each, and what its author sees.
fn faults(folder: &Path) -> Vec<(&'static str, String)> {
    let sources = sources(folder);
    let (machine, found) = engine::load(&sources);
    let mut faults: Vec<(&'static str, String)> =
        found.iter().map(|fault| (fault.code.name, drawing(fault, &sources))).collect();
    let Some(machine) = machine else { return faults };
    for scenario in store::folder::scenarios(folder).unwrap() {
        let file = SourceSet::new(&folder.to_string_lossy(), [scenario]);
        let (_, found) = engine::scenario::read(&file, FileId(0), &machine);
        faults.extend(found.iter().map(|fault| (fault.code.name, drawing(fault, &file))));
    }
    faults
}

fn folders() -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> =
        fs::read_dir(FOLDER).unwrap().map(|entry| entry.unwrap().path()).collect();
    found.sort();
    assert!(found.len() >= 20, "at least 20 kinds of faults have a fixture, not {}", found.len());
    found
}

#[test]
fn every_fixture_has_its_own_fault_and_no_other() {
    let mut wrong = Vec::new();
    for folder in folders() {
        let code = folder.file_name().unwrap().to_string_lossy().into_owned();
        let mut codes: Vec<&str> = faults(&folder).iter().map(|(code, _)| *code).collect();
        codes.dedup();
        if codes != [code.as_str()] {
            wrong.push(format!("{code}: found {codes:?}"));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn every_fault_reads_as_expected() {
    let update = std::env::var_os("UPDATE").is_some();
    let mut wrong = Vec::new();
    for folder in folders() {
        let drawn: Vec<String> = faults(&folder).into_iter().map(|(_, drawn)| drawn).collect();
        let plain = anstream::adapter::strip_str(&drawn.join("\n")).to_string();
        let drawn = plain.lines().map(|line| format!("{}\n", line.trim_end())).collect::<String>();
        let path = folder.join("expected.txt");
        if update {
            fs::write(&path, &drawn).unwrap();
        } else if fs::read_to_string(&path).unwrap_or_default() != drawn {
            wrong.push(format!("{}:\n{drawn}", path.display()));
        }
    }
    assert!(wrong.is_empty(), "not as expected (UPDATE=1 accepts):\n{}", wrong.join("\n"));
}
