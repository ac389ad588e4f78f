use crate::script::ENTRY_STEPS_MAX;
use crate::script::Env;
use crate::script::Expr;
use crate::script::FaultKind;
use crate::script::FunctionId;
use crate::script::RecordId;
use crate::script::ScriptFault;
use crate::script::Value;
use crate::script::VariableId;
use crate::script::Working;
use crate::script::cuts;
use crate::script::reads;
use crate::script::records_read;
use crate::script::tests::house;
use crate::script::tests::house::Case;
use crate::script::truth;
use crate::script::truth_with;
use crate::text::Symbol;
use rust_decimal::Decimal;

/// Two people were heard, one of them on tape; one thing did not fit.
fn heard() -> Case {
    Case::new("amount = 100, vulnerable = true, harm = minor, description = b")
        .entry("interview", "id = a, party = complainant, minutes = 20, done = true")
        .entry(
            "interview",
            "id = b, party = employee, minutes = 45, recording = tape, done = false",
        )
        .entry("discrepancy", "of = b, amount = 120.50")
}

#[track_caller]
fn check_in(case: &Case, condition: &str, expected: &str) {
    let found = match truth(&house::good(condition), case) {
        Ok(outcome) => outcome.to_string(),
        Err(fault) => {
            assert!(fault.span.is_some(), "a fault has a place");
            fault.sentence(&house::scope())
        }
    };
    assert_eq!(found, expected, "{condition}");
}

#[track_caller]
fn check(condition: &str, expected: bool) {
    check_in(&heard(), condition, &expected.to_string());
}

#[test]
fn one_entry_is_enough_for_some() {
    check("interview.some(|i| i.party == \"employee\" && !i.done)", true);
    check("interview.some(|i| i.party == \"employee\" && i.done)", false);
    check("!interview.some(|i| i.minutes > 60)", true);
}

#[test]
fn every_entry_counts_for_all() {
    check("interview.all(|i| i.minutes >= 20)", true);
    check("interview.all(|i| i.minutes > 20)", false);
    check("interview.all(|i| i.done || i.party == \"employee\")", true);
}

#[test]
fn entries_are_counted() {
    check("interview.count() == 2 && discrepancy.count() < 2", true);
    check("interview.count(|i| i.done) == 1", true);
    check("interview.count(|i| i.done) + interview.count() * 2 > 4", true);
    check("interview.is_empty() || undertaking.is_empty()", true);
    check("undertaking.count() in [0, 7]", true);
}

#[test]
fn of_no_entries_all_holds_and_some_does_not() {
    let none = Case::new("");
    check_in(&none, "interview.all(|i| i.done)", "true");
    check_in(&none, "interview.some(|i| i.done)", "false");
    check_in(&none, "interview.count(|i| i.done) == 0 && interview.is_empty()", "true");
}

#[test]
fn an_entry_is_compared_with_the_case_and_with_other_entries() {
    check("discrepancy.some(|d| d.amount > amount)", true);
    check("discrepancy.all(|d| d.amount > amount * 2)", false);
    check("discrepancy.all(|d| interview.some(|i| i.id == d.of))", true);
    check("interview.all(|i| discrepancy.some(|d| i.id == d.of))", false);
    check("interview.count(|i| discrepancy.some(|d| d.of == i.id && i.minutes > 30)) == 1", true);
    check("interview.some(|i| is_set(i.harm) && i.harm == harm)", false);
    check("interview.some(|i| i.id == description)", true);
    check("interview.all(|i| interview.count(|j| j.id == i.id) == 1)", true);
    check("interview.some(|i| interview.last().id == i.id && !i.done)", true);
}

#[test]
fn all_of_a_condition_may_stand_in_a_closure() {
    check("interview.some(|i| { i.minutes / 2.0 > 22 })", true);
    check(
        "interview.all(|i| switch i.party { \"employee\" => i.minutes > 30, _ => i.done })",
        true,
    );
    check("interview.some(|i| if i.done { i.minutes > 30 } else { vulnerable })", true);
    check("interview.count(|i| i.id in [\"a\", \"c\"]) == 1", true);
    check("interview.some(|i| i.id.starts_with(\"b\") && i.id.len() == 1)", true);
    check("interview.some(|i| i.party in [\"employee\"] || i.minutes !in [20])", true);
    check("interview.some(|i| risk(i.minutes, \"high\") == 90)", true);
}

#[test]
fn closures_are_read_where_they_stand_in_the_condition() {
    let text = "/* größe */ interview.some( |i|  i.done /* a | b */\n && i.minutes == 20 ) &&\n  \
                discrepancy.count(|i| // | no\n i.amount > 1) >= 1";
    check(text, true);
    check("switch harm { \"none\" | \"serious\" => interview.some(|i| i.done), _ => true }", true);
}

#[test]
fn the_last_entry_is_the_one_that_was_added_last() {
    check("!interview.is_empty() && interview.last().minutes == 45", true);
    check("interview.count() > 0 && interview.last().id.len() == 1", true);
    check("is_set(interview.last().recording) && interview.last().recording == \"tape\"", true);
    check("is_set(undertaking.last().done_at)", false);
}

#[test]
fn what_an_entry_lacks_is_asked_for_first() {
    check("interview.some(|i| is_set(i.recording) && i.recording == \"tape\")", true);
    check("interview.all(|i| !is_set(i.recording) || i.recording == \"tape\")", true);
    check("interview.some(|i| is_set(i.name))", false);
}

/// An expression that no text gives, because it lacks the guard it needs.
fn unguarded(text: &str, guard: &str) -> Expr {
    let expr = house::good(&format!("{guard} && {text}"));
    let mut last = None;
    expr.each_child(&mut |part| last = Some(part.clone()));
    last.unwrap()
}

#[test]
fn reading_what_is_not_there_is_a_fault_that_names_it() {
    let last = "undertaking.last().due > \"2026-03-02\"";
    let fault = truth(&unguarded(last, "!undertaking.is_empty()"), &heard()).unwrap_err();
    assert_eq!(fault.sentence(&house::scope()), "`undertaking` has no entry yet");
    assert!(matches!(fault.kind, FaultKind::NoEntry { .. }) && fault.span.is_some());
    // The environment breaks its word: `due` is always set.
    let case = Case::new("").entry("undertaking", "");
    check_in(
        &case,
        "undertaking.some(|u| u.due > \"2026-03-02\")",
        "`due` of an entry of `undertaking` is not set",
    );
}

#[test]
fn later_entries_are_not_looked_at_once_the_answer_is_known() {
    let case = Case::new("")
        .entry("interview", "minutes = 1, done = true")
        .entry("interview", "minutes = 0, done = false");
    check_in(&case, "interview.some(|i| 1 / (i.minutes * 1.0) > 0)", "true");
    check_in(&case, "interview.all(|i| 1 / (i.minutes * 1.0) > 3)", "false");
    check_in(
        &case,
        "interview.count(|i| 1 / (i.minutes * 1.0) > 3) > 0",
        "a number is divided by zero",
    );
    check_in(
        &case,
        "interview.is_empty() && interview.all(|i| 1 / (i.minutes * 1.0) > 3)",
        "false",
    );
}

/// Every record has so many entries; entry n has n everywhere.
struct Many(u16);

impl Env for Many {
    fn value(&self, _variable: VariableId) -> Value {
        Value::Number(Decimal::ZERO)
    }

    fn entries(&self, _record: RecordId) -> u16 {
        self.0
    }

    fn entry_value(&self, _record: RecordId, entry: u16, _field: u16) -> Value {
        Value::Number(entry.into())
    }

    fn text(&self, _symbol: Symbol) -> &str {
        ""
    }

    fn call(&self, function: FunctionId, _: &[Value]) -> Result<Value, ScriptFault> {
        Err(ScriptFault::new(FaultKind::Function { function, message: "?".into() }))
    }
}

#[test]
fn two_full_records_can_be_compared_each_with_each() {
    let expr = house::good("discrepancy.all(|d| interview.some(|i| i.minutes == d.amount))");
    assert_eq!(truth(&expr, &Many(1_000)), Ok(true));
    let expr = house::good("discrepancy.all(|d| interview.all(|i| i.minutes != d.amount + 5000))");
    let fault = truth(&expr, &Many(1_000)).unwrap_err();
    assert_eq!(
        fault.sentence(&house::scope()),
        "`interview` has too many entries to ask this of each"
    );
    let steps = 1_000u32 * (1_000 * 3 + 5);
    assert!(steps < ENTRY_STEPS_MAX, "{steps}");
}

#[test]
fn the_cost_of_a_whole_condition_is_bounded() {
    let pairs = "discrepancy.all(|d| interview.all(|i| i.minutes <= d.amount + 1000))";
    let all = format!("{pairs} && {pairs} && {pairs} && {pairs}");
    let fault = truth(&house::good(&all), &Many(700)).unwrap_err();
    assert!(matches!(fault.kind, FaultKind::TooManyEntries { .. }));
    assert_eq!(truth(&house::good(pairs), &Many(700)), Ok(true));
}

#[test]
fn the_working_tells_how_many_entries_there_were_and_nothing_of_each() {
    let text = "interview.some(|i| i.minutes > amount || vulnerable)";
    let mut working = Working::default();
    assert_eq!(truth_with(&house::good(text), &heard(), &mut working), Ok(true));
    let shown: Vec<&str> =
        working.conditions.iter().map(|(span, _)| house::part(text, *span)).collect();
    assert_eq!(shown, [text]);
    assert_eq!(working.records, [(RecordId(0), 2)]);
    assert_eq!(working.reads.len(), 2);
}

#[test]
fn the_records_and_fields_that_are_read_are_known() {
    let expr = house::good(
        "discrepancy.all(|d| interview.some(|i| i.id == d.of && d.amount > amount)) || \
         is_set(undertaking.last().due)",
    );
    assert_eq!(records_read(&expr), [RecordId(0), RecordId(1), RecordId(2)]);
    let names: Vec<String> =
        reads(&expr).iter().map(|id| house::scope().variable(*id).unwrap().name.clone()).collect();
    assert_eq!(names, ["amount"]);
    assert_eq!(records_read(&house::good("interview.is_empty()")), [RecordId(0)]);
    assert_eq!(records_read(&house::good("vulnerable")), []);
}

#[test]
fn what_a_record_may_hold_is_not_cut_into_cases() {
    for text in [
        "interview.some(|i| i.done)",
        "interview.count() > 0",
        "vulnerable && interview.is_empty()",
        "is_set(undertaking.last().due) || vulnerable",
        "interview.count() in [1]",
        "switch vulnerable { true => interview.all(|i| i.done), false => true }",
    ] {
        assert_eq!(cuts(&[&house::good(text)], &house::scope()), None, "{text}");
    }
}
