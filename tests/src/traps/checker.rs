//! Traps that the checker finds: the fixture of its code each.

use std::path::Path;

use engine::text::SourceSet;

/// A mistake that the checker finds, by the fixture of its code.
#[track_caller]
fn found(code: &str) {
    let folder = Path::new("suite/diagnostics").join(code);
    let (_, faults) = engine::load(&store::folder::read(&folder).unwrap());
    assert!(faults.iter().any(|fault| fault.code.name == code), "{faults:?}");
}

#[test]
fn a6_a_window_that_ends_a_minute_before_midnight_is_reported() {
    found("almost-midnight");
}

#[test]
fn a7_a_reversed_or_empty_window_is_an_error() {
    found("bad-window");
}

#[test]
fn a14_bare_days_are_an_error() {
    found("bare-days");
}

#[test]
fn a15_a_clock_without_a_calendar_is_an_error() {
    found("missing-calendar");
}

#[test]
fn b9_a_zone_that_does_not_exist_is_an_error() {
    found("unknown-zone");
}

#[test]
fn c3_a_case_cannot_be_created_in_a_closed_state() {
    found("start-is-end");
}

#[test]
fn c7_a_stage_that_pauses_a_statutory_clock_is_reported() {
    found("pause-of-unpausable");
}

#[test]
fn d14_a_clock_that_starts_and_stops_on_one_point_is_reported() {
    found("start-is-stop");
    found("clock-never-starts");
    found("clock-never-stops");
}

#[test]
fn d15_a_severity_rule_hidden_by_another_is_reported() {
    found("severity-masked");
    found("severity-overlap");
}

#[test]
fn e11_a_ladder_that_turns_in_a_circle_or_ends_nowhere_is_reported() {
    found("endless-cycle");
    found("no-way-to-an-end");
    found("ladder-overrun");
}

#[test]
fn g6_a_key_that_nothing_reads_is_an_error() {
    found("unknown-key");
    found("key-without-effect");
    found("not-supported-yet");
}

#[test]
fn g7_a_script_that_reads_the_clock_is_an_error() {
    let folder = Path::new("suite/diagnostics/unknown-function");
    let sources = store::folder::read(folder).unwrap();
    for call in ["timestamp()", "sleep(1)", "exit()"] {
        let files = sources.files().map(|(_, file)| {
            let text = String::from_utf8(file.bytes.clone()).unwrap();
            (file.path.clone(), text.replace("rsik(visits)", call).into_bytes())
        });
        let (machine, faults) = engine::load(&SourceSet::new("", files));
        assert!(machine.is_none(), "{call} is taken");
        assert!(faults.iter().any(|it| it.code.name == "unknown-function"), "{call}: {faults:?}");
    }
}
