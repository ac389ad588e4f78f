use crate::script::FaultKind;
use crate::script::Working;
use crate::script::tests::house;
use crate::script::tests::house::Case;
use crate::script::truth;
use crate::script::truth_with;

/// Evaluates a condition for a case: `true`, `false`, or the sentence of the fault.
#[track_caller]
fn check(condition: &str, case: &str, expected: &str) {
    let found = match truth(&house::good(condition), &Case::new(case)) {
        Ok(outcome) => outcome.to_string(),
        Err(fault) => {
            assert!(fault.span.is_some(), "a fault has a place");
            fault.sentence(&house::scope())
        }
    };
    assert_eq!(found, expected, "{condition} for {case}");
}

#[test]
fn levels_compare_by_rank_and_not_by_name() {
    check("severity >= \"high\"", "severity = critical", "true");
    check("severity >= \"high\"", "severity = medium", "false");
    check("\"high\" > severity", "severity = low", "true");
    check("severity in [\"low\", \"critical\"]", "severity = critical", "true");
}

#[test]
fn numbers_are_exact() {
    check("amount * 3 == 0.3", "amount = 0.1", "true");
    check("visits / 4 == 2.5", "visits = 10", "true");
    check("10.0 / 4 > visits", "visits = 2.5", "false");
    check("visits in [1, 2.5]", "visits = 2.50", "true");
    check("-visits + 7 % 4 == -(2 - 1)", "visits = 4", "true");
}

#[test]
fn texts_and_dates_compare_in_their_order() {
    check("description < \"m\"", "description = leak", "true");
    check("\"leak\" in description", "description = a leak", "true");
    check(
        "description.len() == 5 && description.starts_with(\"größ\")",
        "description = größe",
        "true",
    );
    check("description.ends_with(\"x\") || is_empty(description)", "description = y", "false");
    check("received_on < \"2026-03-02\"", "received_on = 2026-03-01", "true");
    check(
        "received_on == answered_on",
        "received_on = 2026-03-01, answered_on = 2026-03-02",
        "false",
    );
}

#[test]
fn a_question_may_have_a_number_as_its_answer() {
    let often = "history.cases(\"12 months\") >= 4 && !met(\"answer\")";
    check(often, "history.cases(\"12 months\") = 4, met(\"answer\") = false", "true");
    check(often, "", "`history.cases(\"12 months\")` is not set");
}

#[test]
fn branches_give_what_they_are_for() {
    check("if vulnerable { visits } else { 9 } > 3", "vulnerable = false", "true");
    let by_harm = "switch harm { \"none\" => 0, \"minor\" | \"serious\" => visits } >= 2";
    check(by_harm, "harm = none", "false");
    check(by_harm, "harm = serious, visits = 2", "true");
    check("switch description { \"a\" | \"b\" => true, _ => false }", "description = b", "true");
}

#[test]
fn an_unset_value_is_a_fault_that_names_it_and_never_false() {
    check("amount > 3", "", "`amount` is not set");
    check("vulnerable || amount > 3", "vulnerable = false", "`amount` is not set");
    check("vulnerable || amount > 3", "vulnerable = true", "true");
    check("vulnerable && amount > 3", "vulnerable = false", "false");
    check("is_set(amount) && amount > 3", "", "false");
    check("!met(\"answer\")", "", "`met(\"answer\")` is not set");
    check("harm in [\"none\"]", "", "`harm` is not set");
    check("is_set(complainant_name)", "complainant_name = A. Person", "true");
}

#[test]
fn a_number_out_of_reach_is_a_fault() {
    check("visits / (visits - 1) > 0", "visits = 1", "a number is divided by zero");
    check("visits % 0 > 0", "visits = 1", "a number is divided by zero");
    check("9223372036854775807 + 1 > 0", "", "a number is too large to calculate with");
    let lowest = "(-9223372036854775807 - 1)";
    check(&format!("-{lowest} > 0"), "", "a number is too large to calculate with");
    check(&format!("-{lowest} * 1.0 > 0"), "", "a number is too large to calculate with");
    check(&format!("-({lowest} * 1.0) > 0"), "", "true");
    check(
        "visits * visits > 0",
        "visits = 70000000000000000000",
        "a number is too large to calculate with",
    );
}

#[test]
fn functions_get_their_arguments_and_their_fault_is_placed_at_the_call() {
    check("risk(visits, \"high\") == 6 && is_repeat()", "visits = 3", "true");
    check("risk(visits, severity) > 1", "visits = 3", "`severity` is not set");
}

#[test]
fn a_fault_points_at_the_part_that_failed() {
    let expr = house::good("vulnerable && visits / 0.0 > 1");
    let fault = truth(&expr, &Case::new("vulnerable = true, visits = 1")).unwrap_err();
    assert_eq!(fault.kind, FaultKind::DivisionByZero);
    assert_eq!(fault.span.unwrap().range(), house::BEFORE + 14..house::BEFORE + 26);
}

#[test]
fn the_working_shows_every_part_and_value_that_was_looked_at() {
    let text = "vulnerable || (visits > 3 && severity == \"low\")";
    let expr = house::good(text);
    let mut working = Working::default();
    let outcome = truth_with(&expr, &Case::new("vulnerable = false, visits = 2"), &mut working);
    assert_eq!(outcome, Ok(false));
    let shown: Vec<(&str, bool)> =
        working.conditions.iter().map(|(span, holds)| (house::part(text, *span), *holds)).collect();
    assert_eq!(
        shown,
        [
            ("vulnerable", false),
            ("visits > 3", false),
            ("visits > 3 && severity == \"low\"", false),
            (text, false),
        ]
    );
    assert_eq!(working.reads.len(), 2);
}
