//! Several cases in one scenario.

use super::shop::{check, check_faults, machine, scenario};
use crate::scenario::{read, run, timeline, write};
use crate::text::{FileId, SourceSet};

const SECOND: &str = r#"
[[case]]
name    = "second"
at      = 2026-04-02T10:00:00
channel = "email"
by      = "complainant"
complainant = "mia"
fields  = { summary = "Another parcel", harm = "serious" }
expect  = { stage = "open", fields = { harm = "serious" }, due = { answer = 2026-04-20T17:00:00 } }
"#;

#[test]
fn a_step_speaks_of_its_own_case_while_time_acts_on_all() {
    check(
        &format!(
            r#"{SECOND}
[[step]]
at     = 2026-04-03T10:00:00
event  = "heard_them"
with   = {{ heard = true }}
[[step]]
case   = "second"
at     = 2026-04-07T10:00:00
event  = "answered"
expect = {{ refused = "both_heard" }}
[[step]]
event  = "answered"
expect = {{ stage = "done" }}
[[step]]
case   = "second"
until  = "breach:answer"
expect = {{ now = 2026-04-20T17:00:00, told = ["officer"], warned = ["answer"] }}
"#
        ),
        &[],
    );
}

/// What time does to another case is no surprise in a step that is not about it.
#[test]
fn expectations_are_held_against_the_case_of_the_step() {
    check(
        &format!(
            r#"{SECOND}
[[step]]
case = "second"
at   = 2026-04-16T10:00:00
expect = {{ breached = [], warned = [], stage = "done" }}
"#
        ),
        &["1 stage : done, was open"],
    );
}

#[test]
fn a_case_opens_in_the_order_of_the_clock_and_a_wait_ends_when_it_would_have() {
    let rest = format!(
        r#"
[[case]]
at      = 2026-04-09
by      = "agent"
fields  = {{ summary = "A third" }}
{SECOND}
[[step]]
wait   = "5 working days"
expect = {{ now = 2026-04-08T16:20:00 }}
[[step]]
until  = "breach:answer"
[[step]]
wait   = "1 hour"
event  = "rejected"
[[step]]
case   = "second"
until  = "breach:answer"
[[case]]
at      = 2026-05-04T12:00:00
by      = "agent"
fields  = {{ summary = "The last one" }}
"#
    );
    let machine = machine();
    let scenario = read(&scenario(&rest), FileId(0), &machine).0.unwrap();
    assert_eq!(scenario.cases, ["first", "case 2", "second", "case 4"]);
    let outcome = run(&machine, &scenario);
    assert_eq!(outcome.failures().count(), 0);
    let order: Vec<&str> = outcome.steps.iter().map(|it| it.what.as_str()).collect();
    assert_eq!(
        order,
        [
            "opened",
            "second opened",
            "wait 5 working days",
            "case 2 opened",
            "until breach:answer",
            "wait 1 hour, rejected",
            "until breach:answer",
            "case 4 opened"
        ]
    );
    let told = timeline(&machine, &scenario, &outcome);
    let opened = "Thu 2 Apr 2026 10:00  second: opened by complainant, by email\n";
    assert!(told.contains(opened), "{told}");
    assert!(told.contains("Mon 20 Apr 2026 17:00  second: time passes\n"), "{told}");
    assert!(told.contains("\nat the end, first: stage open, rung board\n"), "{told}");
    let text = write(&machine, &scenario);
    let written = SourceSet::new("", [("scenarios/t.toml".to_owned(), text.clone().into_bytes())]);
    let again = read(&written, FileId(0), &machine).0.unwrap();
    assert_eq!((again.cases, again.openings.len()), (scenario.cases, 3), "{text}");
}

#[test]
fn a_step_about_a_case_that_is_not_open_is_a_failure() {
    check(
        &format!(
            "{SECOND}[[step]]\ncase = \"second\"\nat = 2026-04-01T10:00:00\nevent = \"rejected\"\n"
        ),
        &["1 case : `second` is open, was it opens later"],
    );
}

#[test]
fn what_names_of_cases_do_not_say_is_a_fault() {
    check_faults(
        &format!("{SECOND}[[step]]\ncase = \"secnd\"\nevent = \"rejected\"\n"),
        &[
            "9: scenario-case-unused: no step is about the case `second`",
            "17: scenario-unknown-case: the scenario has no case `secnd`",
        ],
    );
    check_faults(
        "[[case]]\nname = \"first\"\nat = 2026-03-29\nfields = { summary = \"x\" }\n",
        &[
            "7: scenario-case-early: this case opens before the one of `[opened]`",
            "8: scenario-case-twice: another case of this scenario is called `first`",
        ],
    );
}

#[test]
fn personal_values_of_two_cases_are_two_references() {
    let machine = machine();
    let rest = "[[case]]\nat = 2026-04-02\nfields = { summary = \"x\", name = \"J. de Vries\" }\n";
    let scenario = read(&scenario(rest), FileId(0), &machine).0.unwrap();
    let outcome = run(&machine, &scenario);
    let name = machine.protocol.field("name").unwrap();
    let mut held = outcome.register.iter().map(|(_, held)| held.case.field(name));
    assert_ne!(held.next().unwrap(), held.next().unwrap());
}
