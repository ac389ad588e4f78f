//! Each kind of fault has a folder `suite/diagnostics/<code>/` with a protocol that has this
//! fault and no other, in itself or in its scenarios, and the text that its author sees (`expected.txt`). `UPDATE=1` writes the
//! texts; the difference is the review.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use cli::render::drawing;
use engine::diagnostic::{Diagnostic, Fix, Severity};
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

/// The files after a change.
fn changed(sources: &SourceSet, fix: &Fix) -> SourceSet {
    let mut edits = fix.edits.clone();
    edits.sort_by_key(|it| std::cmp::Reverse(it.span));
    let mut files: Vec<(String, Vec<u8>)> =
        sources.files().map(|(_, file)| (file.path.clone(), file.bytes.clone())).collect();
    for edit in edits {
        let bytes = &mut files[usize::from(edit.span.file.0)].1;
        bytes.splice(edit.span.range(), edit.text.bytes());
    }
    SourceSet::new("", files)
}

/// What is said, and how often.
fn said(sources: &SourceSet, which: impl Fn(&Diagnostic) -> bool) -> BTreeMap<String, usize> {
    let mut found = BTreeMap::new();
    for fault in engine::load(sources).1.iter().filter(|it| which(it)) {
        *found.entry(format!("{}: {}", fault.code.name, fault.message)).or_default() += 1;
    }
    found
}

/// The codes whose faults in the fixtures can be mended without asking anybody.
const MENDED: &str = "\
    almost-midnight also-no-end assignment-in-condition assume-not-met bad-term byte-order-mark choice-twice \
    condition-syntax duplicate-in-list hidden-character level-twice toml-syntax unknown-calendar \
    unknown-choice unknown-function unknown-help unknown-intake unknown-key unknown-level \
    unknown-name unknown-stage unknown-zone wrong-expiry";

#[test]
fn a_change_mends_its_fault_and_brings_no_error() {
    let mut mended = BTreeSet::new();
    for folder in folders() {
        let sources = sources(&folder);
        let is_error = |it: &Diagnostic| it.code.severity == Severity::Error;
        let errors = said(&sources, is_error);
        for fault in engine::load(&sources).1.iter() {
            let Some(fix) = &fault.fix else { continue };
            let after = changed(&sources, fix);
            let this = format!("{}: {}", fault.code.name, fault.message);
            let count = |sources| said(sources, |_| true).get(&this).copied().unwrap_or(0);
            assert!(count(&after) < count(&sources), "{this} is not mended by {fix:?}");
            for (error, n) in said(&after, is_error) {
                let before = errors.get(&error).copied().unwrap_or(0);
                assert!(n <= before, "{fix:?} brings {error}");
            }
            mended.insert(fault.code.name);
        }
    }
    let expected: BTreeSet<&str> = MENDED.split_whitespace().collect();
    assert_eq!(mended, expected);
}
