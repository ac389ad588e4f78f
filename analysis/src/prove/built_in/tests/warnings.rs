use crate::prove::built_in::tests::world::{machine, machine_with, said};
use crate::verdict::BuiltIn::WarningsInTime;

/// A desk that answers within a term, and warns.
fn answers(term: &str, warn: &str) -> String {
    format!(
        r#"
[events]
answered = {{ by = ["clerk"] }}

[stages.received]
start = true
owner = "clerk"
on    = {{ answered = {{ to = "closed" }} }}

[deadlines.answer]
who    = "clerk"
starts = "opened"
met_by = ["answered"]
within = "{term}"
warn   = ["{warn}"]
breach = {{ tells = ["boss"] }}
"#
    )
}

#[track_caller]
fn check(term: &str, warn: &str, expected: &str) {
    let machine = machine(&answers(term, warn));
    assert_eq!(said(&machine, WarningsInTime), expected, "{term}, {warn}");
}

#[test]
fn a_warning_before_the_end_is_in_time() {
    check("10 working days", "2 working days before", "proved");
    check("10 working days", "at 99 %", "proved");
    check("4 working hours", "30 minutes before", "proved");
    check("1 month", "1 week before", "proved");
}

#[test]
fn a_warning_that_comes_at_the_start_of_some_clocks_is_in_time() {
    // Of a complaint on a Saturday nobody is warned: less is left than the warning would say.
    check("2 working days", "2 working days before", "proved");
}

#[test]
fn a_share_of_one_day_is_never_given() {
    check("1 working day", "at 75 %", "refuted by 1 events");
    check("2 working days", "at 75 %", "proved");
}

#[test]
fn a_warning_longer_than_the_term_is_never_given() {
    check("4 working hours", "2 working days before", "refuted by 1 events");
}

#[test]
fn an_end_that_is_moved_back_may_come_before_its_warning() {
    let more = answers("14 calendar days", "at 93 %");
    let back = machine_with(&[("roll                  = \"none\"", "roll = \"back\"")], &more);
    assert_eq!(said(&back, WarningsInTime), "refuted by 1 events");
    let none = machine(&more);
    assert_eq!(said(&none, WarningsInTime), "proved");
}

#[test]
fn a_term_that_no_case_has_is_not_asked() {
    let more = answers("10 working days", "2 working days before").replace(
        "within = \"10 working days\"",
        r#"within = [{ when = 'stage == "closed"', is = "1 working hour" }, { is = "10 working days" }]"#,
    );
    assert_eq!(said(&machine(&more), WarningsInTime), "proved");
}

#[test]
fn a_term_of_which_nobody_knows_whether_a_case_has_it_is_left_open() {
    let more = answers("10 working days", "2 working days before").replace(
        "within = \"10 working days\"",
        r#"within = [{ when = 'spent * 2 < spent', is = "1 working hour" }, { is = "10 working days" }]"#,
    ) + "\n[fields]\nspent = { type = \"number\", required = true }\n";
    let said = said(&machine(&more), WarningsInTime);
    assert!(said.starts_with("undecided: [Condition("), "{said}");
}

#[test]
fn a_clock_that_begins_later_is_found() {
    let more = answers("10 working days", "2 working days before")
        + r#"
[deadlines.thank]
who    = "clerk"
starts = "called"
met_by = ["thanked"]
within = "1 working day"
warn   = ["at 50 %"]
breach = { tells = ["boss"] }
"#;
    let more = more
        .replace(
            "[events]",
            "[events]\ncalled = { by = [\"complainant\"] }\nthanked = { by = [\"clerk\"] }",
        )
        .replace("on    = {", "on    = { called = {}, thanked = {},");
    assert_eq!(said(&machine(&more), WarningsInTime), "refuted by 2 events");
}

#[test]
fn a_protocol_that_warns_of_nothing_is_not_asked() {
    let more = answers("10 working days", "at 50 %").replace("warn   = [\"at 50 %\"]", "");
    assert_eq!(said(&machine(&more), WarningsInTime), "not asked");
}
