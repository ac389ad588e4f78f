//! What `protocol show --effective` prints is the protocol: in one piece it says the same.

use std::fs;
use std::path::{Path, PathBuf};

use engine::diagnostic::Diagnostics;
use engine::machine::Machine;
use engine::scenario;
use engine::syntax::effective;
use engine::text::{FileId, SourceSet};

/// The protocol of a folder, and the same from its text in one piece.
fn both(folder: &Path) -> (Machine, Machine) {
    let sources = store::folder::read(folder).unwrap();
    let whole = effective(&sources, &mut Diagnostics::default()).unwrap();
    let beside = whole.files.iter().map(|(name, from)| {
        let id = sources.find(from).unwrap();
        let file = sources.files().find(|it| it.0 == id).unwrap().1;
        (name.clone(), file.bytes.clone())
    });
    let files: Vec<_> =
        [("protocol.toml".to_owned(), whole.text.into_bytes())].into_iter().chain(beside).collect();
    let name = folder.file_name().unwrap().to_string_lossy();
    let in_one = store::folder::sent(&name, files).unwrap();
    let of = |sources: &SourceSet| {
        let (machine, faults) = engine::load(sources);
        assert!(faults.is_empty(), "{}: {faults:?}", folder.display());
        machine.unwrap()
    };
    (of(&sources), of(&in_one))
}

/// All that a machine holds, but for the places of its rules.
fn meaning(machine: &Machine) -> String {
    let text = format!("{:#?}", machine.protocol);
    let (mut kept, mut depth) = (String::new(), 0usize);
    for line in text.lines() {
        let opens = line.trim_end().ends_with("Span {");
        if depth > 0 {
            depth = match line.trim() {
                it if it.ends_with('{') => depth + 1,
                it if it.starts_with('}') => depth - 1,
                _ => depth,
            };
        } else if opens {
            depth = 1;
        } else if !line.trim_start().starts_with("place:") {
            kept.push_str(line);
            kept.push('\n');
        }
    }
    kept
}

fn protocols() -> Vec<PathBuf> {
    let all = fs::read_dir("../protocols").unwrap().map(|it| it.unwrap().path());
    let mut all: Vec<_> = all.filter(|it| it.join("protocol.toml").exists()).collect();
    all.sort();
    all
}

#[test]
fn every_shipped_protocol_in_one_piece_means_the_same() {
    let all = protocols();
    assert!(all.len() >= 15, "{all:?}");
    for folder in all {
        let (own, in_one) = both(&folder);
        let (one, other) = (meaning(&own), meaning(&in_one));
        let differs = one.lines().zip(other.lines()).find(|(one, other)| one != other);
        assert_eq!(differs, None, "{}", folder.display());
        assert_eq!(one.lines().count(), other.lines().count(), "{}", folder.display());
        assert!(one.len() > 5_000, "{}: something is compared", folder.display());
    }
}

/// The worked cases of every protocol come out alike under it in one piece.
#[test]
fn every_worked_case_runs_alike_in_one_piece() {
    let mut n_cases = 0;
    for folder in protocols() {
        let (own, in_one) = both(&folder);
        for (name, bytes) in store::folder::scenarios(&folder).unwrap() {
            let files = SourceSet::new("", [(name.clone(), bytes)]);
            let run = |machine: &Machine| {
                let (scenario, found) = scenario::read(&files, FileId(0), machine);
                let scenario = scenario.unwrap_or_else(|| panic!("{name}: {found:?}"));
                let outcome = scenario::run(machine, &scenario);
                assert!(outcome.passed(), "{}: {name}", folder.display());
                outcome.n_events()
            };
            assert_eq!(run(&own), run(&in_one), "{}: {name}", folder.display());
            n_cases += 1;
        }
    }
    assert!(n_cases > 200, "{n_cases}");
}
