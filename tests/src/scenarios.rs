//! The scenarios of shipped protocols, and bugs that other products shipped, as scenarios.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use cli::render::drawing;
use engine::diagnostic::Severity;
use engine::machine::Machine;
use engine::runtime::{Case, Context, Fact, FactKind, apply, decide, wake};
use engine::scenario::{Coverage, Outcome, read, run};
use engine::text::{FileId, SourceSet};
use engine::time::Instant;

fn folders(below: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(below).unwrap().map(|entry| entry.unwrap().path());
    let mut found: Vec<PathBuf> =
        entries.filter(|path| path.join("protocol.toml").exists()).collect();
    found.sort();
    assert!(!found.is_empty(), "no protocol below {below}");
    found
}

/// What is wrong with a protocol from this severity on, and with its scenarios, as text; what they
/// have shown otherwise.
pub(crate) fn ran(folder: &Path, from: Severity) -> Result<Coverage, String> {
    let sources = store::folder::read(folder).unwrap();
    let (machine, faults) = engine::load(&sources);
    let told = faults.iter().filter(|fault| fault.code.severity <= from);
    let mut wrong: String = told.map(|fault| drawing(fault, &sources)).collect();
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
        let subject = failure.subject.as_ref().map(|it| format!(" of {it}")).unwrap_or_default();
        writeln!(
            wrong,
            "{path}\n  step {} {}: {}{subject} expected {}, was {}",
            failure.step, failure.what, failure.aspect, failure.expected, failure.was
        )
        .unwrap();
        if let Some(because) = &failure.because {
            writeln!(wrong, "    {because}").unwrap();
        }
    }
    if wrong.is_empty() { Ok(outcome) } else { Err(wrong) }
}

#[test]
fn shipped_protocols_run_as_their_scenarios_say_and_show_all_there_is() {
    let mut wrong = String::new();
    for folder in folders("../protocols") {
        match ran(&folder, Severity::Warning) {
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

#[test]
fn what_needs_an_example_has_one() {
    let problems: Vec<String> = folders("suite/scenarios")
        .iter()
        .filter_map(|folder| ran(folder, Severity::Error).err())
        .collect();
    assert!(problems.is_empty(), "\n{}", problems.join("\n"));
}

#[test]
fn a_case_is_the_same_however_often_somebody_looks() {
    let folder = Path::new("suite/traps/D10-between-two-looks");
    let (machine, _) = engine::load(&store::folder::read(folder).unwrap());
    let machine = machine.unwrap();
    let scenarios = store::folder::scenarios(folder).unwrap();
    let facts = |scenario: (String, Vec<u8>)| -> Vec<(Instant, FactKind)> {
        let outcome = outcome(&machine, &SourceSet::new("", [scenario])).unwrap();
        let facts = outcome.steps.iter().flat_map(|step| &step.facts);
        facts.map(|fact| (fact.at, fact.kind)).collect()
    };
    let [once, often] = <[_; 2]>::try_from(scenarios).unwrap().map(facts);
    assert_eq!(once, often);
}

/// Runs listen to every decision; a case that nobody listens to has the same facts.
#[test]
fn listening_to_a_decision_changes_nothing() {
    for folder in folders("../protocols").iter().chain(&folders("suite/traps")) {
        let (machine, _) = engine::load(&store::folder::read(folder).unwrap());
        let machine = machine.unwrap();
        for scenario in store::folder::scenarios(folder).unwrap() {
            let shown = format!("{}/{}", folder.display(), scenario.0);
            let file = SourceSet::new("", [scenario]);
            let run = run(&machine, &read(&file, FileId(0), &machine).0.unwrap());
            let heard: Vec<Fact> = run.steps.iter().flat_map(|it| it.facts.clone()).collect();
            assert_eq!(unheard(&machine, &run), heard, "{shown}");
        }
    }
}

/// The facts of a run, decided again with nobody listening and no look between the events.
fn unheard(machine: &Machine, run: &Outcome) -> Vec<Fact> {
    let context = Context::new(&run.strings);
    let mut case = Case::new(machine);
    let mut facts: Vec<Fact> = Vec::new();
    let mut take = |case: &mut Case, made: Vec<Fact>| {
        made.iter().for_each(|fact| apply(case, fact));
        facts.extend(made);
    };
    for reported in run.steps.iter().flat_map(|step| &step.reported) {
        if let Ok(decision) = decide(machine, &case, &reported.event, &context) {
            take(&mut case, decision.facts);
        }
    }
    if let Some(end) = run.case.last_at.plus_ms(1).filter(|_| case.opened_at.is_some()) {
        let decision = wake(machine, &case, end, &context).unwrap();
        take(&mut case, decision.facts);
    }
    facts
}
