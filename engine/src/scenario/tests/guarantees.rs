//! Guarantees in scenarios: a broken one is expected, or the step fails.

use super::shop::{OPENED, PROTOCOL, machine_of};
use crate::machine::Machine;
use crate::scenario::{Coverage, Outcome, Scenario, read, run, timeline};
use crate::text::{FileId, SourceSet};

/// Ten working days after Monday 30 March 2026 end on Wednesday 15 April at 17:00, when the deadline
/// is missed as well.
const ANSWERED: &str = r#"
[[guarantees]]
id     = "answered"
says   = "Whoever complains is answered within ten working days."
source = "house rule 9"
from   = ["opened"]
within = "10 working days"
expect = ["letter:answer"]

[[guarantees]]
id        = "heard-once"
says      = "Nobody is heard more than once."
never     = ["heard_them"]
more_than = 1
"#;

fn shop() -> Machine {
    machine_of(&format!("{PROTOCOL}{ANSWERED}"))
}

fn ran(machine: &Machine, rest: &str) -> (Scenario, Outcome) {
    let text = format!("{OPENED}{rest}").into_bytes();
    let sources = SourceSet::new("", [("scenarios/t.toml".to_owned(), text)]);
    let (scenario, faults) = read(&sources, FileId(0), machine);
    let faults: Vec<&str> = faults.iter().map(|it| it.message.as_str()).collect();
    let scenario = scenario.unwrap_or_else(|| panic!("{faults:?}"));
    let outcome = run(machine, &scenario);
    (scenario, outcome)
}

#[track_caller]
fn check(rest: &str, expected: &[&str]) {
    let (_, outcome) = ran(&shop(), rest);
    let failures = outcome.failures().map(|it| {
        let rule = it.rule.as_ref().and_then(|it| it.source.clone()).unwrap_or_default();
        format!("{} {}: {}, was {} [{rule}]", it.step, it.aspect, it.expected, it.was)
    });
    assert_eq!(failures.collect::<Vec<_>>(), expected);
}

const BROKEN: &str = "[[step]]\nuntil = \"breach:answer\"\n";

#[test]
fn a_guarantee_that_is_broken_fails_the_step_unless_it_is_expected() {
    check(BROKEN, &["1 broken: none, was answered [house rule 9]"]);
    check(&format!("{BROKEN}expect = {{ broken = [\"answered\"] }}\n"), &[]);
    check(
        &format!("{BROKEN}expect = {{ broken = [\"answered\", \"heard-once\"] }}\n"),
        &["1 broken: answered, heard-once, was answered []"],
    );
    check(
        "[[step]]\nwait = \"1 working day\"\nexpect = { broken = [\"answered\"] }\n",
        &["1 broken: answered, was none []"],
    );
}

/// What was known once is no surprise when the past is read, and may be asked for.
#[test]
fn the_past_says_what_was_broken() {
    let known = "[[step]]\nwait = \"1 hour\"\nexpect = { known_at = { at = 2026-04-15T17:30:00";
    let begin = format!("{BROKEN}expect = {{ broken = [\"answered\"] }}\n{known}");
    check(&format!("{begin} }} }}\n"), &[]);
    check(&format!("{begin}, broken = [\"answered\"] }} }}\n"), &[]);
    check(
        &format!("{begin}, broken = [] }} }}\n"),
        &["2 broken: none, was answered [house rule 9]"],
    );
}

#[test]
fn a_timeline_says_in_capitals_what_was_broken() {
    let machine = shop();
    let (scenario, outcome) = ran(&machine, BROKEN);
    let told = timeline(&machine, &scenario, &outcome);
    let later = told.split_once("Wed 15 Apr 2026 17:00  time passes\n").unwrap().1;
    assert_eq!(
        later,
        "    clock answer MISSED [house rule 4]
    officer told
    GUARANTEE BROKEN: Whoever complains is answered within ten working days. [house rule 9]
    officer told

at the end: stage open, rung desk
    answer: missed on Wed 15 Apr 2026 17:00, still open
"
    );
    let (begun, _) = told.split_once("Wed 15 Apr").unwrap();
    assert!(!begun.contains("answered within"), "{begun}");
}

const LATE: &str = r#"
[[step]]
at          = 2026-04-14T10:00:00
recorded_at = 2026-04-16T09:00:00
event       = "heard_them"
with        = { heard = true }
reason      = "it was on another desk"
[[step]]
at          = 2026-04-15T17:00:00
recorded_at = 2026-04-16T09:30:00
event       = "answered"
reason      = "it was on another desk"
"#;

/// The answer was sent in time and recorded late.
#[test]
fn late_news_take_back_what_was_not_broken() {
    let machine = shop();
    let broken = format!("{BROKEN}expect = {{ broken = [\"answered\"] }}\n{LATE}");
    let (scenario, outcome) = ran(&machine, &broken);
    let failures: Vec<_> = outcome.failures().map(|it| (it.step, &it.was)).collect();
    assert_eq!(failures, []);
    let told = timeline(&machine, &scenario, &outcome);
    let line = "not true: Wed 15 Apr 2026 17:00  GUARANTEE BROKEN: Whoever complains is answered \
                within ten working days. [house rule 9]\n";
    assert!(told.contains(line), "{told}");
    let (_, held) = outcome.register.iter().next().unwrap();
    let facts: Vec<_> = held.facts().copied().collect();
    assert!(crate::runtime::fold(&machine, &facts) == held.case);
    let promised = held.case.promise(crate::model::GuaranteeId(0)).unwrap();
    assert_eq!(promised.state, crate::runtime::PromiseState::Kept);
}

/// A hearing that comes to light is one too many.
#[test]
fn what_comes_to_light_as_broken_is_to_be_expected() {
    let heard = r#"[[step]]
at     = 2026-04-01T10:00:00
event  = "heard_them"
with   = { heard = true }
[[step]]
at          = 2026-03-31T10:00:00
recorded_at = 2026-04-02T10:00:00
event       = "heard_them"
with        = { heard = true }
reason      = "it was on another desk"
"#;
    check(heard, &["2 broken: none, was heard-once [house rules]"]);
    check(&format!("{heard}expect = {{ broken = [\"heard-once\"] }}\n"), &[]);
}

#[test]
fn coverage_says_what_was_begun_and_kept() {
    let machine = shop();
    let missing = |rest: &str| {
        let mut coverage = Coverage::new(&machine);
        coverage.add(&ran(&machine, rest).1);
        let tally = coverage.tally(crate::scenario::Aspect::Guarantees);
        let missing = coverage.missing().filter(|it| it.aspect.title() == "guarantees");
        let missing: Vec<String> = missing.map(|it| it.words.clone()).collect();
        (tally.reached, tally.total, missing.join(", "))
    };
    assert_eq!(missing(BROKEN), (1, 3, "answered kept, heard-once counted".to_owned()));
    let heard = "[[step]]\nevent = \"heard_them\"\nwith = { heard = true }\n";
    let kept = format!("{heard}[[step]]\nevent = \"answered\"\n");
    assert_eq!(missing(&kept), (3, 3, String::new()));
}

#[test]
fn a_guarantee_that_is_not_there_is_named_with_those_that_are() {
    let machine = shop();
    let text = format!("{OPENED}{BROKEN}expect = {{ broken = [\"answer\"] }}\n").into_bytes();
    let sources = SourceSet::new("", [("scenarios/t.toml".to_owned(), text)]);
    let (_, faults) = read(&sources, FileId(0), &machine);
    let faults: Vec<String> = faults.iter().map(|it| it.message.clone()).collect();
    assert_eq!(faults, ["the protocol has no guarantee `answer`"]);
}
