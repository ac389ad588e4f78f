//! Trends in scenarios: raised once for a cluster, told, counted, withdrawn.

use super::shop::{PROTOCOL, faults_in, machine_of};
use crate::machine::Machine;
use crate::runtime::{Changed, trends};
use crate::scenario::{Coverage, Outcome, Scenario, read, run, timeline};
use crate::text::{FileId, SourceSet};

const TREND: &str = r#"
[trends.same_harm]
group_by = ["harm"]
count    = 3
within   = "30 calendar days"
tells    = ["officer"]
source   = "house rule 9"
"#;

const OPENED: &str = r#"title = "t"
[opened]
at      = 2026-03-02T09:00:00
by      = "agent"
complainant = "ann"
fields  = { summary = "x", harm = "serious" }
"#;

fn case(at: &str, who: &str, harm: &str) -> String {
    format!(
        "[[case]]\nat = {at}\nby = \"agent\"\ncomplainant = \"{who}\"\n\
         fields = {{ summary = \"x\", harm = \"{harm}\" }}\n"
    )
}

fn ran(machine: &Machine, text: &str) -> (Scenario, Outcome) {
    let sources = SourceSet::new("", [("scenarios/t.toml".to_owned(), text.as_bytes().to_vec())]);
    let (scenario, faults) = read(&sources, FileId(0), machine);
    let faults: Vec<&str> = faults.iter().map(|it| it.message.as_str()).collect();
    let scenario = scenario.unwrap_or_else(|| panic!("{faults:?}"));
    let outcome = run(machine, &scenario);
    assert_eq!(outcome.register.signals(), trends(machine, &outcome.register, &outcome.strings));
    (scenario, outcome)
}

/// Checks at which cases, by their place from 1, a trend became known to be so, or no longer.
#[track_caller]
fn check(trend: &str, rest: &str, raised: &[&[usize]], withdrawn: usize) {
    let machine = machine_of(&format!("{PROTOCOL}{trend}"));
    let (_, outcome) = ran(&machine, &format!("{OPENED}{rest}"));
    let of = |kind| outcome.register.changes().iter().filter(move |it| it.kind == kind);
    let cases: Vec<Vec<usize>> = of(Changed::Raised)
        .map(|it| it.signal.cases.iter().map(|key| key.index() + 1).collect())
        .collect();
    assert_eq!(cases, raised);
    assert_eq!(of(Changed::Withdrawn).count(), withdrawn);
}

/// P60: similar complaints of several customers are an early warning, and one is enough.
#[test]
fn p60_a_cluster_is_raised_once_and_a_later_one_again() {
    let second = case("2026-03-10", "bob", "serious");
    let third = case("2026-03-20", "cas", "serious");
    let fourth = case("2026-04-15", "dea", "serious");
    let fifth = case("2026-05-10", "eve", "serious");
    check(TREND, &second, &[], 0);
    check(TREND, &(second.clone() + third.as_str()), &[&[1, 2, 3]], 0);
    // The fourth and fifth go on with the cluster, though the first three are long past.
    check(TREND, &format!("{second}{third}{fourth}{fifth}"), &[&[1, 2, 3]], 0);
    let after_a_gap: String = ["2026-05-01", "2026-05-02", "2026-05-31"]
        .iter()
        .map(|at| case(at, "fay", "serious"))
        .collect();
    check(TREND, &format!("{second}{third}{after_a_gap}"), &[&[1, 2, 3], &[4, 5, 6]], 0);
}

#[test]
fn exactly_the_period_counts_and_a_day_more_does_not() {
    let second = case("2026-03-15", "bob", "serious");
    check(
        TREND,
        &(second.clone() + case("2026-04-01T23:59:59", "cas", "serious").as_str()),
        &[&[1, 2, 3]],
        0,
    );
    check(TREND, &(second + case("2026-04-02", "cas", "serious").as_str()), &[], 0);
}

#[test]
fn other_values_and_unset_ones_do_not_count() {
    let trend = TREND.replace("[\"harm\"]", "[\"harm\", \"place\"]");
    let fields = "[fields]\nplace = { type = \"text\" }\n";
    let machine = machine_of(&(PROTOCOL.replace("[fields]\n", fields) + trend.as_str()));
    let case = |at: &str, place: &str| {
        format!(
            "[[case]]\nat = {at}\nby = \"agent\"\nfields = {{ summary = \"x\", harm = \"serious\"{place} }}\n"
        )
    };
    let (at, here) = (["2026-03-03", "2026-03-04", "2026-03-05"], ", place = \"depot\"");
    let raised = |places: [&str; 3]| {
        let rest: String = at.iter().zip(places).map(|(at, place)| case(at, place)).collect();
        ran(&machine, &format!("{OPENED}{rest}")).1.register.changes().len()
    };
    assert_eq!(raised([here, here, here]), 1);
    assert_eq!(raised([here, "", here]), 0);
    assert_eq!(raised([here, ", place = \"shop\"", here]), 0);
    // The first case of the scenario has no place either.
    assert_eq!(raised(["", "", ""]), 0);
}

#[test]
fn one_person_who_complains_often_is_no_trend_where_persons_are_counted() {
    let trend = format!("{TREND}distinct = \"complainant\"\n");
    let again =
        case("2026-03-10", "bob", "serious") + case("2026-03-11", "bob", "serious").as_str();
    check(&trend, &again, &[], 0);
    check(TREND, &again, &[&[1, 2, 3]], 0);
    check(
        &trend,
        &(again.clone() + case("2026-03-12", "cas", "serious").as_str()),
        &[&[1, 2, 3, 4]],
        0,
    );
    let unknown = "[[case]]\nat = 2026-03-12\nby = \"agent\"\nfields = { summary = \"x\", harm = \"serious\" }\n";
    check(&trend, &(again + unknown), &[], 0);
}

/// P61: what comes back after somebody said that it was mended.
#[test]
fn p61_a_fault_that_comes_back_after_it_was_mended_is_flagged() {
    let trend = TREND.replace("count    = 3", "count    = 1\nafter    = \"heard_them\"");
    let mended =
        "[[step]]\nat = 2026-03-06T12:00:00\nevent = \"heard_them\"\nwith = { heard = true }\n";
    let before = case("2026-03-05", "bob", "serious");
    check(&trend, &(before.clone() + mended), &[], 0);
    let back = case("2026-03-10", "bob", "serious");
    check(&trend, &format!("{before}{mended}{back}"), &[&[3]], 0);
    check(&trend, &format!("{before}{mended}{}", case("2026-03-10", "bob", "none")), &[], 0);
}

/// Each time that it was mended counts for what came back after it: mending it once more does not
/// make untrue that it came back, and what comes back then is told again.
#[test]
fn p61_mended_again_it_has_come_back_all_the_same() {
    let trend = TREND.replace("count    = 3", "count    = 1\nafter    = \"heard_them\"");
    let mended = |at: &str| {
        format!("[[step]]\nat = {at}T12:00:00\nevent = \"heard_them\"\nwith = {{ heard = true }}\n")
    };
    let first = mended("2026-03-06") + case("2026-03-10", "bob", "serious").as_str();
    let again = format!("{first}{}", mended("2026-03-12"));
    check(&trend, &again, &[&[2]], 0);
    let back = format!("{again}{}", case("2026-03-16", "cas", "serious"));
    check(&trend, &back, &[&[2], &[3]], 0);
}

/// What never happened has mended nothing.
#[test]
fn p61_what_is_struck_has_mended_nothing() {
    let trend = TREND.replace("count    = 3", "count    = 1\nafter    = \"heard_them\"");
    let protocol = PROTOCOL.replace("[events]\n", "[events]\ncorrected = { by = [\"officer\"] }\n");
    let machine = machine_of(&format!("{protocol}{trend}"));
    let rest = "[[step]]\nat = 2026-03-06T12:00:00\nevent = \"heard_them\"\nwith = { heard = true }\n\
                [[step]]\nat = 2026-03-07T12:00:00\nevent = \"corrected\"\nof = \"step-1\"\n\
                struck = true\nreason = \"another case\"\n";
    let back = case("2026-03-10", "bob", "serious");
    let (_, outcome) = ran(&machine, &format!("{OPENED}{rest}{back}"));
    assert_eq!(outcome.register.signals(), []);
}

/// A fact that becomes known later makes or unmakes a signal; what was told stays recorded.
#[test]
fn what_becomes_known_later_raises_or_withdraws() {
    let trend = format!("{TREND}when = '!heard'\n");
    let rest = case("2026-03-03", "bob", "serious") + case("2026-03-04", "cas", "serious").as_str();
    let heard = |at: u32, heard: bool| {
        format!(
            "[[step]]\nat = 2026-03-0{at}T12:00:00\nevent = \"heard_them\"\nwith = {{ heard = {heard} }}\n"
        )
    };
    check(&trend, &(rest.clone() + heard(5, true).as_str()), &[&[1, 2, 3]], 1);
    check(
        &trend,
        &(rest.clone() + heard(5, true).as_str() + heard(6, false).as_str()),
        &[&[1, 2, 3], &[1, 2, 3]],
        1,
    );
    check(&trend, &(rest + heard(2, true).as_str() + heard(6, false).as_str()), &[&[1, 2, 3]], 0);
}

#[test]
fn a_timeline_tells_of_it_and_expectations_are_exact() {
    let machine = machine_of(&format!("{PROTOCOL}{TREND}"));
    let text = format!(
        "{OPENED}expect = {{ trends = [] }}\n{}expect = {{ trends = [\"same_harm\"] }}\n{}expect = {{ trends = [\"same_harm\"] }}\n",
        case("2026-03-10", "bob", "serious"),
        case("2026-03-11", "cas", "serious"),
    );
    let (scenario, outcome) = ran(&machine, &text);
    let failures: Vec<String> = outcome
        .failures()
        .map(|it| format!("{}: {} {}, was {}", it.what, it.aspect, it.expected, it.was))
        .collect();
    assert_eq!(failures, ["case 2 opened: trends same_harm, was none"]);
    let told = timeline(&machine, &scenario, &outcome);
    let lines = "Wed 11 Mar 2026 00:00  trend same_harm: first, case 2, case 3 [house rule 9]\n    officer told\n";
    assert!(told.contains(lines), "{told}");
}

#[test]
fn a_trend_is_shown_by_a_cluster_and_by_one_that_is_one_short() {
    let machine = machine_of(&format!("{PROTOCOL}{TREND}"));
    let mut coverage = Coverage::new(&machine);
    let missing = |coverage: &Coverage| -> Vec<String> {
        let trends = coverage.missing().filter(|it| it.words.contains("raised"));
        trends.map(|it| it.words.clone()).collect()
    };
    let both = ["same_harm raised", "same_harm not raised by one case less"];
    assert_eq!(missing(&coverage), both);
    let second = case("2026-03-10", "bob", "serious");
    coverage.add(&ran(&machine, &format!("{OPENED}{second}")).1);
    assert_eq!(missing(&coverage), both[..1]);
    coverage.add(
        &ran(&machine, &format!("{OPENED}{second}{}", case("2026-03-11", "cas", "serious"))).1,
    );
    assert!(missing(&coverage).is_empty());
}

#[test]
fn what_a_trend_cannot_be_is_a_fault() {
    let with = |from: &str, to: &str| {
        let trend = TREND.replace(from, to);
        assert_ne!(trend, TREND, "{from}");
        faults_in(&format!("{PROTOCOL}{trend}"))
    };
    assert_eq!(with("= 3", "= 1"), ["trend-of-one"]);
    assert_eq!(with("= 3", "= 0\nafter = \"heard_them\""), ["trend-of-one"]);
    assert_eq!(with("\"harm\"", "\"name\""), ["trend-by-person"]);
    assert_eq!(with("\"harm\"", "\"hram\""), ["unknown-field"]);
    assert_eq!(with("[\"harm\"]", "[]"), ["empty-list"]);
    assert_eq!(with("30 calendar days", "30 days"), ["bare-days"]);
    assert_eq!(with("\"officer\"", "\"nobody\""), ["unknown-role"]);
    assert_eq!(with("count ", "distinct = \"product\"\ncount "), ["unknown-word"]);
    assert_eq!(with("count ", "after = \"mended\"\ncount "), ["unknown-event"]);
    assert_eq!(with("count ", "when = 'running(\"answer\")'\ncount "), ["fields-only-name"]);
    assert_eq!(with("count ", "counts = 3\ncount "), ["unknown-key"]);
}
