//! The scenarios of shipped protocols, and bugs that other products shipped, as scenarios.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use cli::render::drawing;
use engine::machine::Machine;
use engine::scenario::{Coverage, Outcome, read, run};
use engine::text::{FileId, SourceSet};

fn folders(below: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(below).unwrap().map(|entry| entry.unwrap().path());
    let mut found: Vec<PathBuf> =
        entries.filter(|path| path.join("protocol.toml").exists()).collect();
    found.sort();
    assert!(!found.is_empty(), "no protocol below {below}");
    found
}

/// What is wrong with a protocol and its scenarios, as text; what they have shown otherwise.
fn ran(folder: &Path) -> Result<Coverage, String> {
    let sources = store::folder::read(folder).unwrap();
    let (machine, faults) = engine::load(&sources);
    let mut wrong: String = faults.iter().map(|fault| drawing(fault, &sources)).collect();
    let Some(machine) = machine else { return Err(wrong) };
    let mut coverage = Coverage::new(&machine);
    let scenarios = store::folder::scenarios(folder).unwrap();
    assert!(!scenarios.is_empty(), "no scenario in {}", folder.display());
    for (path, bytes) in scenarios {
        let file = SourceSet::new(&folder.to_string_lossy(), [(path, bytes)]);
        match outcome(&machine, &file) {
            Ok(outcome) => coverage.add(&outcome),
            Err(problem) => wrong.push_str(&problem),
        }
    }
    if wrong.is_empty() { Ok(coverage) } else { Err(wrong) }
}

fn outcome(machine: &Machine, file: &SourceSet) -> Result<Outcome, String> {
    let path = file.shown_path(FileId(0));
    let (scenario, faults) = read(file, FileId(0), machine);
    let drawn: String = faults.iter().map(|fault| drawing(fault, file)).collect();
    let Some(scenario) = scenario else { return Err(drawn) };
    let outcome = run(machine, &scenario);
    let mut wrong = String::new();
    for failure in outcome.failures() {
        let subject = failure.subject.as_deref().unwrap_or_default();
        let because = failure.because.as_deref().unwrap_or_default();
        writeln!(
            wrong,
            "{path}\n  step {} {}\n    {} {subject}\n      expected {}\n      was      {}\n      {because}",
            failure.step, failure.what, failure.aspect, failure.expected, failure.was
        )
        .unwrap();
    }
    if wrong.is_empty() { Ok(outcome) } else { Err(wrong) }
}

#[test]
fn shipped_protocols_run_as_their_scenarios_say_and_show_all_there_is() {
    let mut wrong = String::new();
    for folder in folders("../protocols") {
        match ran(&folder) {
            Ok(coverage) => {
                for goal in coverage.missing() {
                    writeln!(wrong, "{}: nowhere shown: {}", folder.display(), goal.words).unwrap();
                }
            }
            Err(problem) => wrong.push_str(&problem),
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}
