//! `protocol test`: the scenarios of protocols, played on a virtual clock.

use std::path::Path;
use std::time::Instant;

use engine::machine::Machine;
use engine::scenario::{self, Coverage, Scenario};

use crate::Exit;
use crate::args::{Test, TestFormat};
use crate::command::watch;
use crate::load::{self, Loaded, ReadScenario};
use crate::output::Output;
use crate::render;
use crate::tested::accepted::{self, Compared};
use crate::tested::{TestedProtocol, TestedScenario, Verdict};
use crate::unusable::Unusable;

/// Plays the scenarios of protocols.
pub(crate) fn test(args: &Test, output: &mut Output<'_, '_>) -> anyhow::Result<Exit> {
    if args.watch {
        let changes = store::watch::changes(&load::folders(&args.paths)?)?;
        return watch::watch(changes, output, |output| test_once(args, output));
    }
    test_once(args, output)
}

fn test_once(args: &Test, output: &mut Output<'_, '_>) -> anyhow::Result<Exit> {
    let begun = Instant::now();
    if output.place().is_ci && (args.update || args.review) {
        let what = "nothing is accepted while the variable `CI` is set";
        let help = "accept timelines where a person can read them first";
        return Err(Unusable::new(what).help(help).into());
    }
    let mut unusable = Vec::new();
    let mut tested = Vec::new();
    for folder in load::folders(&args.paths)? {
        let loaded = load::load(&folder)?;
        if let Some(machine) = &loaded.machine {
            tested.push(protocol(&loaded, machine, args, output)?);
        } else {
            output.note(&render::failure(&load::has_errors(&loaded)))?;
            unusable.push(loaded.folder.to_string_lossy().into_owned());
        }
    }
    if unusable.is_empty() && tested.iter().all(|it| it.scenarios.is_empty()) {
        return Err(nothing(args).into());
    }
    let text = match args.format {
        TestFormat::Human => render::test_text(&tested, unusable.len(), begun.elapsed()),
        TestFormat::Json => render::test_json(&tested, &unusable)?,
        TestFormat::Junit => render::junit(&tested, &unusable)?,
        TestFormat::Tap => render::tap(&tested, &unusable),
    };
    output.data(&text)?;
    let is_bad = |it: &TestedProtocol| {
        it.is_too_little_shown() || it.scenarios.iter().any(|it| !it.verdict.is_good())
    };
    let is_wrong = !unusable.is_empty() || tested.iter().any(is_bad);
    Ok(if is_wrong { Exit::Wrong } else { Exit::Fine })
}

fn nothing(args: &Test) -> Unusable {
    match &args.only {
        Some(text) => {
            let what = format!("no scenario has `{text}` in its title or file name");
            Unusable::new(what).help("capital and small letters differ")
        }
        None => Unusable::new("no scenario was found")
            .help("scenarios are TOML files in the folder `scenarios` of a protocol"),
    }
}

fn protocol(
    loaded: &Loaded,
    machine: &Machine,
    args: &Test,
    output: &mut Output<'_, '_>,
) -> anyhow::Result<TestedProtocol> {
    let read = load::scenarios(&loaded.folder, machine)?;
    let orphans = match args.only {
        None => accepted::orphans(&loaded.folder, read.list.iter().map(|it| it.path.as_str()))?,
        Some(_) => Vec::new(),
    };
    let mut coverage = Coverage::new(machine);
    let mut scenarios = Vec::new();
    for it in read.list.into_iter().filter(|it| is_wanted(it, args.only.as_deref())) {
        let Some(scenario) = it.scenario else {
            let (title, path) = (it.path.clone(), it.path);
            let verdict = Verdict::Unreadable(it.diagnostics);
            scenarios.push(TestedScenario { title, path, n_events: 0, verdict });
            continue;
        };
        let outcome = scenario::run(machine, &scenario);
        coverage.add(&outcome);
        let n_events = outcome.n_events();
        let verdict = if outcome.passed() {
            let timeline = scenario::timeline(machine, &scenario, &outcome);
            timeline_verdict(&loaded.folder, &scenario, &timeline, args, output)?
        } else {
            Verdict::Failed(outcome.failures().cloned().collect())
        };
        let Scenario { title, path, .. } = scenario;
        scenarios.push(TestedScenario { title, path, n_events, verdict });
    }
    Ok(TestedProtocol {
        id: machine.protocol.id.clone(),
        version: machine.protocol.version.clone(),
        folder: loaded.folder.clone(),
        sources: loaded.sources.clone(),
        scenario_sources: read.sources,
        scenarios,
        orphans,
        coverage: args.only.is_none().then_some(coverage),
        percent_min: args.min_coverage.unwrap_or(0),
    })
}

fn is_wanted(it: &ReadScenario, only: Option<&str>) -> bool {
    let title = it.scenario.as_ref().map_or("", |it| it.title.as_str());
    only.is_none_or(|text| title.contains(text) || it.path.contains(text))
}

/// Compares the timeline of a scenario that passed with the accepted one. What nobody has
/// accepted waits beside the scenario, unless nobody is there to accept it.
fn timeline_verdict(
    folder: &Path,
    scenario: &Scenario,
    timeline: &str,
    args: &Test,
    output: &mut Output<'_, '_>,
) -> anyhow::Result<Verdict> {
    let snap = accepted::file_of(folder, scenario);
    let verdict = match accepted::compare(&snap, timeline) {
        Compared::Same => {
            if !output.place().is_ci {
                accepted::reject(&snap)?;
            }
            return Ok(Verdict::Passed);
        }
        Compared::New => Verdict::TimelineNew,
        Compared::Changed { difference } => Verdict::TimelineChanged { difference },
    };
    if output.place().is_ci {
        return Ok(verdict);
    }
    accepted::propose(&snap, scenario, timeline)?;
    let is_accepted = args.update
        || (args.review && is_accepted_by_person(scenario, &verdict, timeline, &snap, output)?);
    if is_accepted {
        accepted::accept(&snap)?;
        return Ok(Verdict::Accepted);
    }
    Ok(verdict)
}

/// Asks until there is an answer. No more answers means that the rest waits.
fn is_accepted_by_person(
    scenario: &Scenario,
    verdict: &Verdict,
    timeline: &str,
    snap: &Path,
    output: &mut Output<'_, '_>,
) -> anyhow::Result<bool> {
    output.note(&render::reviewed(scenario, verdict, timeline))?;
    loop {
        let answer = output.ask("accept (a), reject (r) or skip (s)? ")?;
        match answer.as_deref() {
            Some("a" | "accept") => return Ok(true),
            Some("r" | "reject") => {
                accepted::reject(snap)?;
                return Ok(false);
            }
            Some("s" | "skip") | None => {
                output.note("\n")?;
                return Ok(false);
            }
            Some(_) => {}
        }
    }
}
