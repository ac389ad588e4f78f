//! The scenarios of shipped protocols, and bugs that other products shipped, as scenarios.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use cli::render::drawing;
use engine::diagnostic::Severity;
use engine::machine::Machine;
use engine::runtime::{
    Case, CaseKey, Context, Event, Fact, FactKind, Journal, Kept, Posted, Recorded, apply, post,
    wake,
};
use engine::scenario::{Coverage, Movement, Outcome, Scenario, read, run};
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
            let scenario = read(&file, FileId(0), &machine).0.unwrap();
            let run = run(&machine, &scenario);
            // A case that was only remembered has no events; what a stop refused is recorded by
            // the shell.
            let lived = run.register.iter().filter(|(_, it)| it.events().next().is_some());
            for (key, held) in lived {
                let heard: Vec<Fact> = held.facts().copied().collect();
                let unheard = unheard(&machine, &scenario, &run, key);
                assert_eq!(decided(&unheard), decided(&heard), "{shown}");
            }
        }
    }
}

/// What was decided, without the numbers, which count what was refused as well.
fn decided(facts: &[Fact]) -> Vec<Fact> {
    let refused = |it: &&Fact| matches!(it.kind, FactKind::ActRefused { .. });
    let decided = facts.iter().filter(|it| !refused(it));
    decided.map(|it| Fact { sequence: 0, ..*it }).collect()
}

/// The facts of a case, decided again with nobody listening and no look between the events but
/// where somebody goes away or comes back.
fn unheard(machine: &Machine, scenario: &Scenario, run: &Outcome, key: CaseKey) -> Vec<Fact> {
    let mut alone = Alone { machine, case: Case::new(machine), kept: Vec::new() };
    let mut context = Context::new(&run.strings);
    let mut kept = run.register[key].kept().peekable();
    let mut now = None;
    for outcome in &run.steps {
        let mut steps = scenario.steps.iter().chain(&scenario.openings);
        let step = steps.find(|it| it.number == outcome.number && it.case == outcome.case).unwrap();
        if let Some(away) = &step.away {
            now.into_iter().for_each(|now| alone.wake(now, &context));
            context.absent = away;
        }
        // A step that waits ends once time has acted on what it waited for.
        let waited = matches!(step.movement, Movement::Until(_) | Movement::UntilStop(..));
        let reached = outcome.now.plus_ms(i64::from(waited)).unwrap();
        now = Some(reached);
        let is_told =
            |id| outcome.case == key && outcome.reported.iter().any(|it| it.event.id == id);
        while let Some(next) = kept.next_if(|it| match &it.event {
            Some(event) => is_told(event.id),
            None => it.recorded_at <= reached,
        }) {
            match (&next.event, next.facts.as_slice()) {
                (Some(event), _) => alone.report(event, &context),
                // A refusal by a stop is recorded with the case and decided elsewhere.
                (None, [refused]) if matches!(refused.kind, FactKind::ActRefused { .. }) => {
                    alone.wake(refused.at, &context);
                    alone.take(refused.at, None, vec![*refused]);
                }
                (None, _) => {}
            }
        }
    }
    assert!(kept.next().is_none(), "something was decided in no step");
    let end = run.register[key].case.last_at.plus_ms(1);
    end.into_iter().for_each(|end| alone.wake(end, &context));
    alone.kept.into_iter().flat_map(|it| it.facts).collect()
}

/// A case to which nobody listens, and what was decided of it.
struct Alone<'m> {
    machine: &'m Machine,
    case: Case,
    kept: Vec<Kept>,
}

impl Alone<'_> {
    fn wake(&mut self, until: Instant, context: &Context<'_>) {
        if self.case.opened_at.is_some() {
            let facts = wake(self.machine, &self.case, until, context).unwrap().facts;
            self.take(until, None, facts);
        }
    }

    fn report(&mut self, event: &Event, context: &Context<'_>) {
        let entries = self.kept.iter().map(|it| Recorded {
            recorded_at: it.recorded_at,
            event: it.event.as_ref(),
            facts: &it.facts,
        });
        let journal = Journal { entries: entries.collect() };
        match post(self.machine, &journal, &self.case, event, context).unwrap() {
            Posted::Again => {}
            Posted::Decided(decision) => self.take(event.recorded_at, Some(event), decision.facts),
            Posted::Corrected(correction) => {
                self.take(event.recorded_at, Some(event), correction.facts);
                self.case = correction.case;
            }
        }
    }

    fn take(&mut self, recorded_at: Instant, event: Option<&Event>, facts: Vec<Fact>) {
        facts.iter().for_each(|fact| apply(&mut self.case, fact));
        self.kept.push(Kept { recorded_at, event: event.cloned(), facts });
    }
}
