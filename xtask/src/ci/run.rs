//! `cargo xtask ci`: everything a change must pass, in order.

use std::path::Path;
use std::time::Instant;

use anyhow::Result;

use crate::ci::setup;
use crate::ci::steps::{self, Outcome};
use crate::finding::Finding;
use crate::{generate, output, tidy, tree};

const DENY_WARNINGS: (&str, &str) = ("RUSTDOCFLAGS", "-D warnings");

struct Step {
    name: &'static str,
    run: fn(&Path) -> Result<Outcome>,
}

/// Where tests name themselves that could not be run.
const NOT_RUN: &str = "target/not-run.txt";

const STEPS: [Step; 9] = [
    Step { name: "fmt", run: |root| steps::cargo(root, &["fmt", "--all", "--check"], &[]) },
    Step { name: "clippy", run: clippy },
    Step { name: "tests", run: tests },
    Step { name: "doctests", run: doctests },
    Step { name: "tidy", run: tidy_step },
    Step { name: "gen", run: generated_step },
    Step { name: "protocol check", run: |root| protocol(root, "check") },
    Step { name: "protocol test", run: |root| protocol(root, "test") },
    Step { name: "rustdoc", run: rustdoc },
];

/// Runs the steps until one fails. Answers whether none did.
///
/// # Errors
///
/// A step cannot be started.
pub(crate) fn run() -> Result<bool> {
    let root = tree::root()?;
    let mut tests_summary = None;
    let missing = setup::missing(&root)?;
    // Without the variable, what cannot be installed is named, and the rest is checked.
    if !missing.is_empty() && std::env::var("CI").as_deref() == Ok("true") {
        return Ok(false);
    }
    let mut passed = true;
    for step in &STEPS {
        let started = Instant::now();
        let outcome = (step.run)(&root)?;
        report(step.name, started.elapsed().as_secs_f32(), &outcome)?;
        if step.name == "tests" {
            tests_summary = steps::summary(&outcome.output);
            not_run(&root)?;
        }
        passed = outcome.passed;
        if !passed {
            break;
        }
    }
    if let Some(line) = tests_summary {
        output::say(&line)?;
    }
    Ok(passed)
}

fn report(name: &str, seconds: f32, outcome: &Outcome) -> Result<()> {
    let verdict = if outcome.passed { "ok" } else { "FAILED" };
    output::say(&format!("{verdict:<7}{name:<15}{seconds:>6.1} s"))?;
    if !outcome.passed {
        return output::say(&outcome.output);
    }
    for line in steps::closing_lines(&outcome.output) {
        output::say(&format!("       {line}"))?;
    }
    Ok(())
}

fn clippy(root: &Path) -> Result<Outcome> {
    let words = ["clippy", "--workspace", "--all-targets", "--locked", "--", "-D", "warnings"];
    steps::cargo(root, &words, &[])
}

fn tests(root: &Path) -> Result<Outcome> {
    let list = root.join(NOT_RUN);
    std::fs::remove_file(&list).ok();
    let list = list.to_string_lossy();
    let variables = [("NOT_RUN_LIST", list.as_ref())];
    if steps::has_nextest(root) {
        let words = ["nextest", "run", "--workspace", "--profile", "ci"];
        return steps::cargo(root, &words, &variables);
    }
    // Doctests have a step of their own.
    let words = ["test", "--workspace", "--all-targets", "--no-fail-fast"];
    steps::cargo(root, &words, &variables)
}

/// Names the tests that could not be run. A test that passes is not heard otherwise.
fn not_run(root: &Path) -> Result<()> {
    match std::fs::read_to_string(root.join(NOT_RUN)) {
        Ok(list) => output::complain(list.trim_end()),
        Err(_) => return output::say("       every test was run"),
    }
    Ok(())
}

fn doctests(root: &Path) -> Result<Outcome> {
    steps::cargo(root, &["test", "--doc", "--workspace"], &[])
}

fn tidy_step(root: &Path) -> Result<Outcome> {
    let found: Vec<String> = tidy::findings(root)?.iter().map(Finding::to_string).collect();
    Ok(Outcome::of_faults(&found))
}

fn generated_step(root: &Path) -> Result<Outcome> {
    let stale = generate::stale(root)?;
    let line = |path| format!("{path}:1: out of date; run `cargo xtask gen`");
    Ok(Outcome::of_faults(&stale.into_iter().map(|(path, _)| line(path)).collect::<Vec<_>>()))
}

fn protocol(root: &Path, command: &str) -> Result<Outcome> {
    let words =
        ["run", "-q", "-p", "cli", "--bin", "protocol", "--", command, "protocols", "examples"];
    steps::cargo(root, &words, &[])
}

fn rustdoc(root: &Path) -> Result<Outcome> {
    steps::cargo(root, &["doc", "--no-deps", "--workspace"], &[DENY_WARNINGS])
}
