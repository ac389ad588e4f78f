//! What is known of a person's other cases, and when.

use super::shop::{PROTOCOL, faults_in, machine_of};
use crate::runtime::{Case, FactKind, decide, fold};
use crate::runtime::{Context, Fact};
use crate::scenario::{read, run};
use crate::script::Value;
use crate::text::{FileId, SourceSet};

/// The shop asks about a year, about upheld cases, and about the same harm.
fn shop() -> String {
    let asking = r#"
[history]
upheld = 'outcome == "upheld"'

[stages.open.on.more_time]
requires = ["known"]

[conditions.known]
says = "Nothing is known of this person"
is   = 'history.cases("12 months") == 0 && history.upheld("12 months") == 0 && history.same("harm", "24 hours") == 0'
"#;
    let fields = "[fields]\noutcome = { type = \"choice\", of = [\"upheld\", \"not_upheld\"] }\n";
    PROTOCOL.replace("[fields]\n", fields) + asking
}

const OPENED: &str = r#"title = "t"
[opened]
at      = 2026-03-02T09:30:00
by      = "agent"
complainant = "mia"
fields  = { summary = "Parcel never came" }
"#;

/// Checks what is known of mia at the first event after her case was opened, as the three answers.
#[track_caller]
fn check_known(rest: &str, expected: [u32; 3]) {
    let machine = machine_of(&shop());
    let text = format!("{OPENED}{rest}\n[[step]]\nevent = \"more_time\"\nreason = \"x\"\n");
    let sources = SourceSet::new("", [("scenarios/t.toml".to_owned(), text.into_bytes())]);
    let (scenario, faults) = read(&sources, FileId(0), &machine);
    let faults: Vec<&str> = faults.iter().map(|it| it.message.as_str()).collect();
    let outcome = run(&machine, &scenario.unwrap_or_else(|| panic!("{faults:?}")));
    let mut asked = outcome.steps.iter().flat_map(|it| &it.reported);
    let event = asked.find(|it| machine.protocol.events[it.event.kind.index()].name == "more_time");
    let known = expected.map(|it| Value::Number(it.into()));
    assert_eq!(event.unwrap().event.history, known);
}

fn earlier(opened: &str) -> String {
    format!(
        "[complainant]\nhistory = [{{ opened = {opened}, harm = \"serious\", outcome = \"upheld\" }}]\n"
    )
}

#[test]
fn exactly_twelve_months_ago_counts_and_a_day_earlier_does_not() {
    check_known(&earlier("2025-03-02"), [1, 1, 0]);
    check_known(&earlier("2025-03-02T23:59:59"), [1, 1, 0]);
    check_known(&earlier("2025-03-01T23:59:59"), [0, 0, 0]);
}

#[test]
fn hours_go_back_exactly() {
    let case = |at: &str, harm: &str| {
        format!(
            "[complainant]\nhistory = [{{ opened = {at}, harm = \"{harm}\", outcome = \"upheld\" }}]\n"
        )
    };
    check_known(&case("2026-03-01T09:30:00", "none"), [1, 1, 1]);
    check_known(&case("2026-03-01T09:29:59", "none"), [1, 1, 0]);
    check_known(&case("2026-03-01T09:30:00", "serious"), [1, 1, 0]);
}

/// F3 of a calendar: the last day of February has no 31st.
#[test]
fn months_go_back_by_the_calendar() {
    let rest = |opened: &str| {
        format!(
            "[complainant]\nhistory = [{{ opened = {opened} }}]\n[[step]]\nat = 2028-02-29T10:00:00\n\
             expect = {{ breached = [\"answer\"] }}\n"
        )
    };
    check_known(&rest("2026-03-01"), [0, 0, 0]);
    let year = |opened: &str| {
        let rest = rest("2026-03-01T00:00:00");
        format!(
            "{rest}[[case]]\nat = {opened}\nby = \"agent\"\ncomplainant = \"mia\"\n\
             fields = {{ summary = \"x\" }}\n"
        )
    };
    check_known(&year("2027-02-28T00:00:00"), [1, 0, 0]);
    check_known(&year("2027-02-27T23:59:59"), [0, 0, 0]);
}

#[test]
fn only_other_cases_of_this_person_count_from_when_they_are_opened() {
    let case = |at: &str, who: &str| {
        format!(
            "[[case]]\nat = {at}\nby = \"agent\"\ncomplainant = \"{who}\"\n\
             fields = {{ summary = \"x\" }}\n"
        )
    };
    let step =
        "[[step]]\nat = 2026-03-03T09:30:00\nevent = \"heard_them\"\nwith = { heard = true }\n";
    check_known(&(case("2026-03-03T09:00:00", "mia") + step), [1, 0, 1]);
    check_known(&(case("2026-03-03T09:00:00", "bob") + step), [0, 0, 0]);
    check_known(&(case("2026-03-03T10:00:00", "mia") + step), [0, 0, 0]);
}

/// The condition is told apart from a fault: an outcome that nobody knows yet is not upheld.
#[test]
fn a_case_without_an_outcome_is_not_upheld_yet() {
    check_known("[complainant]\nhistory = [{ opened = 2026-01-02 }]\n", [1, 0, 0]);
}

#[test]
fn what_was_known_is_recorded_where_it_changed_and_a_replay_sees_the_same() {
    let machine = machine_of(&shop());
    let rest = "[[case]]\nname = \"b\"\nat = 2026-03-03T09:00:00\nby = \"agent\"\n\
                complainant = \"mia\"\nfields = { summary = \"x\" }\n\
                [[step]]\nat = 2026-03-03T10:00:00\nevent = \"heard_them\"\nwith = { heard = true }\n\
                [[step]]\nevent = \"heard_them\"\nwith = { heard = false }\n\
                [[step]]\ncase = \"b\"\nevent = \"more_time\"\nreason = \"x\"\nexpect = { refused = \"known\" }\n";
    let text = format!("{OPENED}{}{rest}", earlier("2025-10-02"));
    let sources = SourceSet::new("", [("scenarios/t.toml".to_owned(), text.into_bytes())]);
    let scenario = read(&sources, FileId(0), &machine).0.unwrap();
    let outcome = run(&machine, &scenario);
    assert_eq!(outcome.failures().count(), 0);
    let context = Context::new(&outcome.strings);
    let mut seen = Vec::new();
    for (_, held) in outcome.register.iter().take(2) {
        let facts: Vec<Fact> = held.facts().copied().collect();
        assert!(fold(&machine, &facts) == held.case);
        seen.push(
            facts.iter().filter(|it| matches!(it.kind, FactKind::HistorySeen { .. })).count(),
        );
        let mut again = Case::new(&machine);
        let mut decided = Vec::new();
        for event in held.events() {
            let made = decide(&machine, &again, event, &context).unwrap().facts;
            made.iter().for_each(|fact| crate::runtime::apply(&mut again, fact));
            decided.extend(made);
        }
        assert_eq!(decided, facts);
    }
    // The first knows one case, then two, then nothing new; the second knows two from the start.
    assert_eq!(seen, [2 + 2, 3]);
}

#[test]
fn what_cannot_be_asked_is_a_fault() {
    let with = |condition: &str| shop().replace("is   = 'heard'", &format!("is   = '{condition}'"));
    let check = |condition: &str, expected: &[&str]| {
        assert_eq!(faults_in(&with(condition)), expected, "{condition}");
    };
    check(r#"history.cases("12 months") < 3"#, &[]);
    check(r#"history.cases("12 days") < 3"#, &["unreadable-period"]);
    check(r#"history.cases("soon") < 3"#, &["unreadable-period"]);
    check(r#"history.cases("13\u0020months") < 3"#, &["unreadable-period"]);
    check(r#"history.cases() < 3"#, &["wrong-arguments"]);
    check(r#"history.cases("1 week", "2 weeks") < 3"#, &["wrong-arguments"]);
    check(r#"history.cases(12) < 3"#, &["wrong-arguments"]);
    check(r#"history.same("harm") < 3"#, &["wrong-arguments"]);
    check(r#"history.records("conduct", "1 week") < 3"#, &["unknown-name"]);
    check(r#"history.records("1 week") < 3"#, &["wrong-arguments"]);
    check(r#"history.same("hamr", "1 week") < 3"#, &["unknown-name"]);
    check(r#"history.same("name", "1 week") < 3"#, &["unknown-name"]);
    check(r#"history.kases("1 week") < 3"#, &["unknown-function"]);
    check(r#"history.cases("1 week")"#, &["not-a-condition"]);
    let without = shop().replace("[history]\nupheld = 'outcome == \"upheld\"'\n", "");
    assert_eq!(faults_in(&without), ["upheld-not-said"]);
    let unfit = shop().replace("outcome == \"upheld\"'", "running(\"answer\")'");
    assert_eq!(faults_in(&unfit), ["fields-only-name"]);
}

/// Entries count by when they were added, whenever their case was opened, and those of this case
/// and of other persons do not.
#[test]
fn entries_of_other_cases_count_by_when_they_were_added() {
    let record = "[records.conduct]\nby = [\"agent\"]\nfields = { what = { type = \"text\" } }\n";
    let protocol = shop()
        .replace("history.cases(\"12 months\")", "history.records(\"conduct\", \"2 months\")");
    let machine = machine_of(&(protocol + record));
    let case = |name: &str, at: &str, who: &str| {
        format!(
            "[[case]]\nname = \"{name}\"\nat = {at}\nby = \"agent\"\ncomplainant = \"{who}\"\n\
             fields = {{ summary = \"x\" }}\n"
        )
    };
    let conduct = |case: &str, at: &str| {
        format!(
            "[[step]]\ncase = \"{case}\"\nat = {at}\nevent = \"conduct\"\nby = \"agent\"\n\
             with = {{ what = \"x\" }}\n"
        )
    };
    let text = [
        OPENED.to_owned(),
        case("own", "2026-03-02T09:31:00", "mia"),
        case("other", "2026-03-02T09:32:00", "bob"),
        conduct("own", "2026-03-02T10:00:00"),
        conduct("own", "2026-03-03T10:00:00"),
        conduct("own", "2026-03-04T10:00:00"),
        conduct("other", "2026-03-04T10:01:00"),
        "[[step]]\nat = 2026-03-04T10:02:00\nevent = \"conduct\"\nby = \"agent\"\nwith = { what = \"x\" }\n"
            .to_owned(),
        "[[step]]\nat = 2026-05-03T09:00:00\nevent = \"more_time\"\nreason = \"x\"\n".to_owned(),
    ];
    let sources = SourceSet::new("", [("scenarios/t.toml".to_owned(), text.concat().into_bytes())]);
    let (scenario, faults) = read(&sources, FileId(0), &machine);
    let faults: Vec<&str> = faults.iter().map(|it| it.message.as_str()).collect();
    let outcome = run(&machine, &scenario.unwrap_or_else(|| panic!("{faults:?}")));
    let mut asked = outcome.steps.iter().flat_map(|it| &it.reported);
    let event = asked.find(|it| machine.protocol.events[it.event.kind.index()].name == "more_time");
    // The case was opened too long ago; of its entries the first was added too long ago.
    assert_eq!(event.unwrap().event.history, [2u32, 0, 0].map(|it| Value::Number(it.into())));
}

#[test]
fn a_past_that_cannot_be_is_a_fault() {
    let machine = machine_of(&shop());
    let faults = |text: String| {
        let sources = SourceSet::new("", [("scenarios/t.toml".to_owned(), text.into_bytes())]);
        let (_, faults) = read(&sources, FileId(0), &machine);
        faults.iter().map(|it| it.code.name).collect::<Vec<_>>()
    };
    let late = format!("{OPENED}{}", earlier("2026-03-02T09:30:00"));
    assert_eq!(faults(late), ["scenario-bad-value"]);
    let unknown = format!("{OPENED}[complainant]\nhistory = [{{ opened = 2025-01-01, x = 1 }}]\n");
    assert_eq!(faults(unknown), ["scenario-unknown-name"]);
    let undated = format!("{OPENED}[complainant]\nhistory = [{{ harm = \"none\" }}]\n");
    assert_eq!(faults(undated), ["missing-key"]);
    let nobody = OPENED.replace("complainant = \"mia\"\n", "");
    assert_eq!(faults(nobody + earlier("2025-01-01").as_str()), ["scenario-nobody-named"]);
}
