use crate::machine::Machine;
use crate::scenario::{Coverage, read, run, timeline};
use crate::text::{FileId, LineIndex, SourceSet};

const PROTOCOL: &str = r#"
[protocol]
id          = "shop"
title       = "Shop"
version     = "1"
language    = "en"
zone        = "Europe/Amsterdam"
calendar    = "office"
accountable = "officer"
effective   = { from = 2026-01-01 }
source      = "house rules"

[calendars.office]
hours  = { mon-fri = ["09:00-17:00"] }
closed = [{ on = "easter - 2 days", name = "Good Friday" }, { on = "easter + 1 day", name = "Easter Monday" }]

[time]
first_day             = "next"
ends                  = "close"
roll                  = "forward"
receipt_outside_hours = "as_is"
backdate              = "10 working days"

[roles]
agent   = { title = "Agent" }
officer = { title = "Officer" }

[channels]
phone = { title = "Telephone" }
email = { title = "E-mail", written = true }

[fields]
summary = { type = "text", required = true }
harm    = { type = "choice", of = ["none", "serious"], default = "none" }
name    = { type = "text", personal = true }
heard   = { type = "flag", default = false }

[[ladder]]
rung       = "desk"
handled_by = "agent"

[[ladder]]
rung       = "board"
handled_by = "officer"

[events]
heard_them = { by = ["agent"], carries = ["heard"] }
answered   = { by = ["@handler"] }
rejected   = { by = ["complainant"], entered_by = ["agent"] }
more_time  = { by = ["officer"], reason = true }

[conditions.both_heard]
says = "Both sides have been heard"
is   = 'heard'

[stages.open]
start = true
owner = "agent"

[stages.open.on.heard_them]

[stages.open.on.answered]
requires = ["both_heard"]
to       = "done"
sends    = ["answer"]

[stages.open.on.rejected]
escalate = true

[stages.done]
end = true

[deadlines.answer]
who    = "@handler"
starts = "opened"
within = "10 working days"
met_by = ["letter:answer"]
warn   = ["2 working days before"]
breach = { tells = ["officer"] }
source = "house rule 4"

[[deadlines.answer.extend]]
on    = "more_time"
add   = "5 working days"
times = 1

[letters]
answer = { to = ["complainant"] }
"#;

const OPENED: &str = r#"title = "t"
[opened]
at      = 2026-03-30T16:20:00
channel = "phone"
by      = "agent"
fields  = { summary = "Parcel never came", name = "J. de Vries" }
"#;

fn machine() -> Machine {
    let sources = SourceSet::new("", [("protocol.toml".to_owned(), PROTOCOL.as_bytes().to_vec())]);
    let (machine, out) = crate::load(&sources);
    let faults: Vec<&str> = out.iter().map(|it| it.message.as_str()).collect();
    machine.unwrap_or_else(|| panic!("{faults:?}"))
}

fn scenario(rest: &str) -> SourceSet {
    let text = format!("{OPENED}{rest}");
    SourceSet::new("", [("scenarios/t.toml".to_owned(), text.into_bytes())])
}

/// Checks the faults of a scenario that goes on as `rest` says.
#[track_caller]
fn check_faults(rest: &str, expected: &[&str]) {
    let sources = scenario(rest);
    let (found, out) = read(&sources, FileId(0), &machine());
    let text = sources.get(FileId(0)).unwrap().readable();
    let lines = LineIndex::new(text);
    let shown: Vec<String> = out
        .iter()
        .map(|it| {
            let line = lines.line_column(text, it.primary.span.range().start).line;
            format!("{line}: {}: {}", it.code.name, it.message)
        })
        .collect();
    assert_eq!(shown, expected);
    assert_eq!(found.is_some(), expected.is_empty());
}

/// Checks what is not as expected in a scenario that goes on as `rest` says.
#[track_caller]
fn check(rest: &str, expected: &[&str]) {
    let machine = machine();
    let sources = scenario(rest);
    let (scenario, out) = read(&sources, FileId(0), &machine);
    let faults: Vec<&str> = out.iter().map(|it| it.message.as_str()).collect();
    let Some(scenario) = scenario else { panic!("{faults:?}") };
    let outcome = run(&machine, &scenario);
    let shown: Vec<String> = outcome
        .failures()
        .map(|it| {
            let subject = it.subject.as_deref().unwrap_or_default();
            format!("{} {} {subject}: {}, was {}", it.step, it.aspect, it.expected, it.was)
        })
        .collect();
    assert_eq!(shown, expected);
    assert_eq!(outcome.passed(), expected.is_empty());
}

/// Checks the lines of the timeline of a scenario that goes on as `rest` says, after those of
/// the opening.
#[track_caller]
fn check_timeline(rest: &str, expected: &str) {
    let machine = machine();
    let sources = scenario(rest);
    let scenario = read(&sources, FileId(0), &machine).0.unwrap();
    let told = timeline(&machine, &scenario, &run(&machine, &scenario));
    let later = told.split_once("(10 working days) [house rule 4]\n\n").unwrap().1;
    assert_eq!(later, expected);
}

#[test]
fn a_timeline_says_who_did_what_and_what_followed() {
    check_timeline(
        r#"
[[step]]
event  = "answered"
by     = "agent:anna"
expect = { refused = "both_heard" }
[[step]]
until  = "breach:answer"
[[step]]
wait   = "1 hour"
event  = "more_time"
reason = "Waiting for the depot"
expect = { refused = "answer" }
"#,
        "Mon 30 Mar 2026 16:20  answered by agent anna
    REFUSED: Both sides have been heard

Mon 13 Apr 2026 17:00  time passes
    clock answer: warning
    agent told
Wed 15 Apr 2026 17:00  time passes
    clock answer MISSED [house rule 4]
    officer told

Wed 15 Apr 2026 18:00  more_time by officer: \"Waiting for the depot\"
    REFUSED: \"answer\" is past its due instant and can no longer be extended [house rule 4]

at the end: stage open, rung desk
    answer: missed on Wed 15 Apr 2026 17:00, still open
",
    );
}

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

#[test]
fn through_takes_what_is_given_in_order() {
    check(
        r#"
[[step]]
through = ["heard_them", "heard_them", "answered"]
expect  = { stage = "done", fields = { heard = true } }
[[given.heard_them]]
heard = false
[[given.heard_them]]
heard = true
"#,
        &[],
    );
    check_faults(
        "[[step]]\nthrough = [\"heard_them\", \"heard_them\"]\n[[given.heard_them]]\nheard = true\n\
         [given.answered]\n",
        &[
            "8: scenario-nothing-given: nothing is left in `[given]` for the event `heard_them`",
            "11: scenario-given-unused: no `through` uses this entry of `given.answered`",
        ],
    );
}

#[test]
fn every_name_is_looked_up() {
    check_faults(
        r#"
[[step]]
event   = "anwsered"
by      = "agnet:anna"
channel = "fax"
with    = { harm = "grave", hram = "none" }
expect  = { stage = "don", rung = "x", severity = "high", met = ["anwser"], letters = ["x"], told = ["me"], allowed = ["x"], refused = "nobody" }
"#,
        &[
            "9: scenario-unknown-name: the protocol has no event `anwsered`",
            "10: scenario-unknown-name: the protocol has no role `agnet`",
            "11: scenario-unknown-name: the protocol has no channel `fax`",
            "12: scenario-unknown-name: the protocol has no choice of `harm` `grave`",
            "12: scenario-unknown-name: the protocol has no field `hram`",
            "13: scenario-unknown-name: the protocol has no stage `don`",
            "13: scenario-unknown-name: the protocol has no rung `x`",
            "13: scenario-unknown-name: the protocol has no severity level `high`",
            "13: scenario-unknown-name: the protocol has no deadline `anwser`",
            "13: scenario-unknown-name: the protocol has no letter `x`",
            "13: scenario-unknown-name: the protocol has no role `me`",
            "13: scenario-unknown-name: the protocol has no event `x`",
            "13: scenario-unknown-name: the protocol has no refusal `nobody`",
        ],
    );
}

#[test]
fn values_and_steps_that_mean_nothing_are_faults() {
    check_faults(
        r#"
[[step]]
at = 2026-03-31T02:30:00
wait = "2 days"
[[step]]
at = 2026-10-25T02:30:00
[[step]]
until = "lapse:answer"
event = "answered"
[[step]]
until = "answered"
[[step]]
event = "answered"
expect = { fields = { name = "x" }, due = { answer = "never" } }
[[step]]
with = { heard = "yes" }
[[step]]
until = "breach:answer"
[[step]]
event = "answered"
expect = { due = { answer = 2026-03-29T02:30:00 } }
"#,
        &[
            "8: scenario-step-unclear: a step moves the clock in two ways",
            "10: scenario-bad-value: `days` does not say whether working days or calendar days are meant",
            "12: scenario-bad-value: the clocks go back over this time: it occurs twice",
            "13: scenario-step-unclear: a step runs until something has happened and reports something",
            "14: scenario-bad-value: `answer` is a duty and has no lapse",
            "17: scenario-bad-value: time alone does not bring about `answered`",
            "20: scenario-bad-value: the field `name` is personal",
            "20: scenario-bad-value: this is no due instant",
            "21: scenario-step-unclear: a step does nothing",
            "21: scenario-step-unclear: a step says who reports, or what it brings, but no event",
            "22: scenario-bad-value: the field `heard` does not hold this",
            "25: scenario-step-unclear: a step after `until` does not say when it happens",
            "27: scenario-bad-value: the clocks go forward over this time: it does not exist",
        ],
    );
}

#[test]
fn what_is_no_key_or_no_part_of_the_language_yet_is_a_fault() {
    check_faults(
        "expects = {}\n[complainant]\nstops = []\n[[case]]\n[[step]]\nevent = \"answered\"\nexpect = { lettres = [] }\n",
        &[
            "7: unknown-key: `[opened]` has no key `expects`",
            "8: not-supported-yet: `complainant` is not supported yet",
            "10: not-supported-yet: `case` is not supported yet",
            "13: unknown-key: `expect` of an entry of `step` has no key `lettres`",
        ],
    );
}

#[test]
fn what_no_scenario_has_shown_is_missing() {
    let machine = machine();
    let sources =
        scenario("[[step]]\nevent = \"answered\"\nexpect = { refused = \"both_heard\" }\n");
    let (scenario, _) = read(&sources, FileId(0), &machine);
    let mut coverage = Coverage::new(&machine);
    coverage.add(&run(&machine, &scenario.unwrap()));
    let missing: Vec<&str> = coverage.missing().map(|goal| goal.words.as_str()).collect();
    assert_eq!(
        missing,
        [
            "open on heard_them",
            "open → done on answered",
            "open → the next rung on rejected",
            "answer met",
            "answer missed",
            "conditions.both_heard true",
            "answer extended more than 1 × by more_time",
            "rejected refused on the last rung",
        ]
    );
    assert_eq!(coverage.percent(), 20);
}

#[test]
fn every_beginning_of_a_file_is_read_without_harm() {
    let machine = machine();
    let rest = "[[step]]\nuntil = \"breach:answer\"\n[[step]]\nwait = \"1 working day\"\n\
                through = [\"heard_them\"]\nexpect = { due = { answer = \"paused\" }, told = [] }\n\
                [given.heard_them]\nheard = true\n";
    let whole = format!("{OPENED}{rest}");
    for end in 0..=whole.len() {
        let bytes = whole.as_bytes()[..end].to_vec();
        let sources = SourceSet::new("", [("scenarios/t.toml".to_owned(), bytes)]);
        let (scenario, out) = read(&sources, FileId(0), &machine);
        assert_eq!(scenario.is_some(), !out.has_errors(), "{end}");
        if let Some(scenario) = scenario {
            let outcome = run(&machine, &scenario);
            assert!(!timeline(&machine, &scenario, &outcome).is_empty());
        }
    }
}
