//! How a scenario runs on its clock, and what is not as expected.

use super::shop::{check, machine, scenario};
use crate::scenario::{read, run};
use crate::text::FileId;

#[test]
fn a_story_that_goes_as_expected_passes() {
    check(
        r#"
[[step]]
event  = "answered"
expect = { refused = "both_heard", stage = "open", running = ["answer"] }
[[step]]
at     = 2026-04-14T10:00:00
event  = "heard_them"
with   = { heard = true }
expect = { warned = ["answer"], told = [], fields = { heard = true, harm = "none" } }
[[step]]
wait   = "1 working day"
event  = "answered"
expect = { stage = "done", met = ["answer"], letters = ["answer"], now = 2026-04-15T10:00:00 }
"#,
        &[],
    );
}

#[test]
fn each_difference_is_a_failure_of_its_own() {
    check(
        r#"
[[step]]
until  = "breach:answer"
expect = { now = 2026-04-16, stage = "done", rung = "board", told = [], warned = [], due = { answer = 2026-04-14T17:00:00 }, allowed = ["rejected"], fields = { harm = "serious" } }
"#,
        &[
            "1 warned : none, was answer",
            "1 told : none, was officer",
            "1 stage : done, was open",
            "1 rung : board, was desk",
            "1 now : Thu 16 Apr 2026, was Wed 15 Apr 2026 17:00",
            "1 due answer: Tue 14 Apr 2026 17:00, was Wed 15 Apr 2026 17:00",
            "1 fields harm: serious, was none",
        ],
    );
}

#[test]
fn a_breach_or_a_refusal_that_nobody_expects_is_a_failure() {
    check("[[step]]\nat = 2026-05-01\n", &["1 breached : none, was answer"]);
    check(
        "[[step]]\nevent = \"answered\"\n[[step]]\nevent = \"answered\"\n",
        &["1 refused : accepted, was refused: `both_heard` (Both sides have been heard)"],
    );
    check(
        "[[step]]\nevent = \"rejected\"\nexpect = { refused = \"last-rung\" }\n",
        &["1 refused : refused: `last-rung`, was accepted"],
    );
}

#[test]
fn a_failure_shows_the_working_and_the_rule() {
    let machine = machine();
    let sources = scenario("expect = { due = { answer = 2026-04-14 } }\n");
    let (scenario, _) = read(&sources, FileId(0), &machine);
    let outcome = run(&machine, &scenario.unwrap());
    let failure = outcome.failures().next().unwrap();
    assert_eq!(
        failure.because.as_deref(),
        Some(
            "10 working days after Mon 30 Mar: 31 Mar (1) 1 Apr (2) 2 (3) · 3 Apr Good Friday · \
             4–5 Apr weekend · 6 Apr Easter Monday · 7 Apr (4) 8 (5) 9 (6) 10 (7) · 11–12 Apr \
             weekend · 13 Apr (8) 14 (9) 15 (10) · due Wed 15 Apr 17:00"
        )
    );
    let rule = failure.rule.as_ref().unwrap();
    assert_eq!(rule.path, "deadlines.answer");
    assert_eq!(rule.source.as_deref(), Some("house rule 4"));
}

#[test]
fn the_clock_goes_forward_only() {
    check(
        "[[step]]\nat = 2026-03-30T16:00:00\nevent = \"rejected\"\n",
        &["1 at : an instant from Mon 30 Mar 2026 16:20 on, was Mon 30 Mar 2026 16:00"],
    );
    check(
        "[[step]]\nat = 2026-03-31T09:00:00\nrecorded_at = 2026-04-01T09:00:00\nevent = \"rejected\"\n\
         expect = { now = 2026-04-01T09:00:00 }\n",
        &[],
    );
    check(
        "[[step]]\nat = 2026-03-31T09:00:00\nrecorded_at = 2026-03-30T17:00:00\nevent = \"rejected\"\n\
         expect = { refused = \"future\" }\n",
        &[],
    );
    check(
        "[[step]]\nuntil = \"stage:done\"\n",
        &["1 until : it happens within 20 years, was time alone does not bring it about"],
    );
}

#[test]
fn a_wait_keeps_the_time_of_day_and_hours_are_exact() {
    let now = |wait: &str, now: &str| {
        check(&format!("[[step]]\nwait = \"{wait}\"\nexpect = {{ now = {now} }}\n"), &[]);
    };
    now("3 working days", "2026-04-02T16:20:00");
    now("4 working days", "2026-04-07T16:20:00");
    now("4 calendar days", "2026-04-03T16:20:00");
    now("1 working hour", "2026-03-31T09:20:00");
    now("24 hours", "2026-03-31T16:20:00");
}
