//! What refutes a faulty example is saved as a scenario, which fails for that reason.

use std::fs;
use std::path::{Path, PathBuf};

use analysis::grid::{Goal, Options, explore};
use engine::machine::Machine;
use engine::model::GuaranteeId;
use engine::time::{NaiveDate, NaiveTime};
use serde_json::Value;

use super::folder::Folder;
use super::said::{Said, said};

/// The situations that are followed day by day.
const SITUATIONS_MAX: usize = 30_000;

fn example(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/faulty").join(name)
}

/// Checks that an example has one guarantee, that it is refuted by so many events and no fewer are
/// needed, and that the saved course fails because it is broken, and for nothing else. Followed
/// day by day, a case that is opened on this date breaks it within so many days.
#[track_caller]
fn check(name: &str, guarantee: &str, n_events: u64, (opened_on, days): (&str, u32)) {
    let folder = Folder::new(name);
    fs::copy(example(name).join("protocol.toml"), folder.path().join("protocol.toml")).unwrap();
    let scenarios = folder.path().join("scenarios");
    fs::create_dir(&scenarios).unwrap();
    let save = scenarios.to_str().unwrap();
    let words = ["verify", folder.shown(), "--guarantee", guarantee, "--save", save];
    let found = said(&[&words[..], &["--format", "json"]].concat(), None);
    assert_eq!(found.exit, 1, "{found:?}");
    let report: Value = serde_json::from_str(&found.stdout).unwrap();
    let verdict = &report["protocols"][0]["guarantees"][0];
    assert_eq!((&verdict["id"], &verdict["outcome"]), (&guarantee.into(), &"refuted".into()));
    assert_eq!(verdict["course"]["events"], n_events, "{found:?}");
    assert_eq!(fs::read_dir(&scenarios).unwrap().count(), 1);

    let Said { exit, stdout, stderr } = said(&["test", folder.shown()], None);
    assert_eq!((exit, stderr.as_str()), (1, ""), "{stdout}");
    let failures: Vec<String> =
        stdout.lines().filter(|it| it.contains("  expected ")).map(squeezed).collect();
    assert_eq!(failures, [format!("broken expected none was {guarantee}")], "{stdout}");

    let (machine, _) = engine::load(&store::folder::read(folder.path()).unwrap());
    let n_followed = followed(&machine.unwrap(), opened_on.parse().unwrap(), days);
    assert!(n_followed >= n_events, "{n_followed} events do, not {n_events}");
}

fn squeezed(line: &str) -> String {
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// How many events there are on the first course that breaks the only guarantee, followed day by
/// day.
fn followed(machine: &Machine, opened_on: NaiveDate, days: u32) -> u64 {
    let options = Options {
        opened_on,
        days,
        times: vec![NaiveTime::from_hms_opt(10, 0, 0).unwrap()],
        assume: Vec::new(),
        situations_max: SITUATIONS_MAX,
    };
    let mut found = explore(machine, &[Goal::Holds(GuaranteeId::at(0))], &options);
    found.goals.swap_remove(0).broken.unwrap().events.len() as u64
}

#[test]
fn an_answer_put_off_by_a_pause() {
    check("pause-without-limit", "answered-in-eight-weeks", 2, ("2026-03-02", 60));
}

#[test]
fn working_days_that_are_more_than_their_weeks() {
    check("working-days-as-weeks", "answered-in-two-weeks", 1, ("2026-12-21", 30));
}

#[test]
fn a_case_closed_without_a_letter() {
    check("closed-without-letter", "never-closed-in-silence", 2, ("2026-03-02", 40));
}

#[test]
fn somebody_higher_who_does_not_hear_of_it() {
    check("escalation-forgotten", "answered-or-escalated", 1, ("2026-03-02", 60));
}

#[test]
fn an_answer_put_off_once_too_often() {
    check("extended-too-often", "put-off-once", 3, ("2026-03-02", 60));
}

#[test]
fn a_window_that_closes_too_soon() {
    check("window-too-short", "four-weeks-to-object", 2, ("2026-03-02", 60));
}
