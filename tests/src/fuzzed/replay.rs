//! What fuzzing began with, what it kept, and what it found: all of it again, each soon at its end.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant as Stopwatch};

use super::pieces::here;
use super::seeds::seeds;

/// One input may take this long, though the machine be busy and nothing optimised.
const WAIT_MAX: Duration = Duration::from_secs(4);

type Target = (&'static str, fn(&[u8]));

pub(crate) const TARGETS: [Target; 7] = [
    ("load", super::load),
    ("term", super::term),
    ("calendar", super::calendar),
    ("condition", super::condition),
    ("script", super::script),
    ("scenario", super::scenario),
    ("history", super::history),
];

/// The inputs in a folder, in order of their names.
fn inputs(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let files = fs::read_dir(folder).into_iter().flatten().map(|entry| entry.unwrap().path());
    let mut found: Vec<(String, Vec<u8>)> =
        files.map(|path| (path.display().to_string(), fs::read(&path).unwrap())).collect();
    found.sort();
    found
}

#[track_caller]
fn check(target: &str) {
    let (name, run) = TARGETS.iter().find(|it| it.0 == target).unwrap();
    let seeds = seeds(name).into_iter().zip(0..);
    let mut all: Vec<(String, Vec<u8>)> =
        seeds.map(|(bytes, number)| (format!("seed {number}"), bytes)).collect();
    all.extend(inputs(&here(&format!("../fuzz/corpus/{name}"))));
    all.extend(inputs(&here(&format!("suite/fuzzed/{name}"))));
    assert!(!all.is_empty());
    for (shown, bytes) in all {
        let begin = Stopwatch::now();
        let ended = std::panic::catch_unwind(|| run(&bytes));
        assert!(ended.is_ok(), "{name}: {shown}");
        assert!(begin.elapsed() < WAIT_MAX, "{name}: {shown}: {:?}", begin.elapsed());
    }
}

#[test]
fn any_files_are_a_protocol_or_refused() {
    check("load");
}

#[test]
fn any_text_is_a_term_that_is_counted_right_or_refused() {
    check("term");
}

#[test]
fn any_text_makes_a_calendar_or_is_refused() {
    check("calendar");
}

#[test]
fn any_condition_means_what_it_means_to_rhai_or_is_refused() {
    check("condition");
}

#[test]
fn any_script_ends() {
    check("script");
}

#[test]
fn any_scenario_runs_or_is_refused() {
    check("scenario");
}

#[test]
fn any_history_is_told_alike() {
    check("history");
}
