//! What is wrong with the text of a scenario.

use super::shop::{OPENED, check, check_faults, machine};
use crate::scenario::{read, run, timeline};
use crate::text::{FileId, SourceSet};

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
fn what_is_no_key_or_tells_of_nobody_is_a_fault() {
    check_faults(
        "expects = {}\n[complainant]\nstops = []\n[[case]]\n[[step]]\nevent = \"answered\"\nexpect = { lettres = [] }\n",
        &[
            "7: unknown-key: `[opened]` has no key `expects`",
            "8: scenario-nobody-named: `[complainant]` tells of somebody whom `[opened]` does not name",
            "10: missing-key: an entry of `case` has no `at`",
            "13: unknown-key: `expect` of an entry of `step` has no key `lettres`",
        ],
    );
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
