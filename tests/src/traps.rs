//! Bugs that other products shipped, as tests: each row has its number in the name. Rows about
//! counting alone are in `engine/src/time/tests`; those that a protocol can state are folders of
//! `suite/traps`; those that the checker finds are fixtures of `suite/diagnostics`.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use engine::diagnostic::Severity;
use engine::model::{Party, RoleId};
use engine::runtime::{
    Case, Context, FactKind, Given, Report, ReportedAt, apply, decide, read_report, wake,
};
use engine::text::SourceSet;
use engine::time::Instant;

use crate::scenarios::ran;

/// A folder with `expected.txt` must fail, and in this way; every other must pass.
#[track_caller]
fn check(folder: &str) {
    let folder = Path::new("suite/traps").join(folder);
    let expected = fs::read_to_string(folder.join("expected.txt")).unwrap_or_default();
    let problem = ran(&folder, Severity::Error).err().unwrap_or_default();
    assert_eq!(problem, expected);
}

macro_rules! traps {
    ($($name:ident $folder:literal)*) => {
        $(
            #[test]
            fn $name() {
                check($folder);
            }
        )*

        #[test]
        fn every_trap_has_a_test() {
            let listed: BTreeSet<String> = [$($folder.to_owned()),*].into();
            let there = fs::read_dir("suite/traps").unwrap();
            let there: BTreeSet<String> =
                there.map(|it| it.unwrap().file_name().into_string().unwrap()).collect();
            assert_eq!(listed, there);
        }
    };
}

traps! {
    a13_exactly_in_time "A13-exactly-in-time"
    b1_clocks_change "B1-clocks-change"
    c1_pause_over_a_weekend "C1-pause-over-a-weekend"
    c2_severity_keeps_pauses "C2-severity-keeps-pauses"
    c2_severity_changes_during_a_pause "C2-severity-changes-during-a-pause"
    c3_created_paused "C3-created-paused"
    c6_resume_keeps_the_rest "C6-resume-keeps-the-rest"
    c7_statutory_clocks_run_on "C7-statutory-clocks-run-on"
    c8_pause_after_first_response "C8-pause-after-first-response"
    c9_every_channel_resumes "C9-every-channel-resumes"
    c10_a_breach_is_permanent "C10-a-breach-is-permanent"
    c11_agreed_dates_stay "C11-agreed-dates-stay"
    c11_agreed_during_a_pause "C11-agreed-during-a-pause"
    c13_a_pause_has_a_reason_and_an_end "C13-a-pause-has-a-reason-and-an-end"
    c14_reopened_in_time_only "C14-reopened-in-time-only"
    d1_met_and_paused_at_once "D1-met-and-paused-at-once"
    d2_update_after_first_response "D2-update-after-first-response"
    d3_only_unanswered_messages "D3-only-unanswered-messages"
    d5_who_satisfies_a_clock "D5-who-satisfies-a-clock"
    d6_what_counts_is_listed "D6-what-counts-is-listed"
    d7_clocks_of_the_class "D7-clocks-of-the-class"
    d8_each_clock_has_its_anchor "D8-each-clock-has-its-anchor"
    d10_between_two_looks "D10-between-two-looks"
    d11_met_at_the_first_close "D11-met-at-the-first-close"
    d16_what_is_left_out_stays "D16-what-is-left-out-stays"
    e1_a_level_fires_once "E1-a-level-fires-once"
    e3_asked_when_it_fires "E3-asked-when-it-fires"
    e4_the_rung_of_its_clock "E4-the-rung-of-its-clock"
    e9_a_limit_for_each_rung "E9-a-limit-for-each-rung"
    e10_not_the_same_person "E10-not-the-same-person"
    f1_the_day_of_receipt "F1-the-day-of-receipt"
    f2_weeks_are_weeks "F2-weeks-are-weeks"
    f3_holding_answer "F3-holding-answer"
    f4_from_the_acknowledgement "F4-from-the-acknowledgement"
    f6_the_last_day_is_closed "F6-the-last-day-is-closed"
    f7_received_on_a_saturday "F7-received-on-a-saturday"
    f11_received_is_not_recorded "F11-received-is-not-recorded"
    g7_a_script_without_end "G7-a-script-without-end"
}

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

/// A case of the housing code that nobody answers, looked at by a shell that knows who is absent:
/// the roles told of the breach.
fn told_of_a_breach(absent: &[&str]) -> Vec<String> {
    let sources = store::folder::read(Path::new("../protocols/uk-housing-code")).unwrap();
    let machine = engine::load(&sources).0.unwrap();
    let roles = &machine.protocol.roles;
    let role = |name: &&str| RoleId::at(roles.iter().position(|it| it.name == *name).unwrap());
    let absent: Vec<RoleId> = absent.iter().map(role).collect();
    let mut strings = machine.strings();
    let at = Instant::from_ms(1_775_030_400_000);
    let event = read_report(&machine, &opened(at), &mut strings).unwrap();
    let context = Context { strings: &strings, absent: &absent };
    let mut case = Case::new(&machine);
    for fact in &decide(&machine, &case, &event, &context).unwrap().facts {
        apply(&mut case, fact);
    }
    let month_later = at.plus_ms(30 * 24 * 3_600_000).unwrap();
    let late = wake(&machine, &case, month_later, &context).unwrap();
    let told = late.facts.iter().filter_map(|fact| match fact.kind {
        FactKind::Told { party: Party::Role(role) } => Some(roles[role.index()].name.clone()),
        _ => None,
    });
    told.collect::<BTreeSet<String>>().into_iter().collect()
}

fn opened(at: Instant) -> Report {
    Report {
        id: "opened".to_owned(),
        event: "opened".to_owned(),
        at: ReportedAt::Instant(at),
        recorded_at: at,
        by: "complainant".to_owned(),
        entered_by: None,
        channel: None,
        data: Vec::<(String, Given)>::new(),
        reason: None,
        complainant: None,
        respondent: None,
    }
}

#[test]
fn e8_what_an_absent_person_should_hear_goes_up_the_ladder_and_never_to_nobody() {
    assert_eq!(told_of_a_breach(&[]), ["board_member"]);
    assert_eq!(told_of_a_breach(&["board_member"]), ["stage2_officer"]);
    assert_eq!(told_of_a_breach(&["board_member", "stage2_officer"]), ["board_member"]);
}
