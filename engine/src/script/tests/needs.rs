use crate::script::needs_set;
use crate::script::reads;
use crate::script::tests::house;

/// The names an expression reads, and the ones that must be set for it to have an answer.
#[track_caller]
fn check(condition: &str, expected_reads: &[&str], expected_needs: &[&str]) {
    let scope = house::scope();
    let expr = house::good(condition);
    let name = |id| scope.variable(id).unwrap().name.clone();
    let found: Vec<String> = reads(&expr).into_iter().map(name).collect();
    assert_eq!(found, expected_reads, "reads of {condition}");
    let found: Vec<String> = needs_set(&expr).into_iter().map(|(id, _)| name(id)).collect();
    assert_eq!(found, expected_needs, "needs of {condition}");
}

#[test]
fn what_is_read_must_be_set() {
    check(
        "amount > 3 && harm == may_become",
        &["harm", "may_become", "amount"],
        &["amount", "harm", "may_become"],
    );
    check(
        "visits in [1] || description.len() > 3",
        &["visits", "description"],
        &["visits", "description"],
    );
}

#[test]
fn a_guard_before_the_reading_is_enough() {
    check("is_set(amount) && amount > 3", &["amount"], &[]);
    check("!is_set(amount) || amount > 3", &["amount"], &[]);
    check(
        "if is_set(amount) { amount > 3 } else { vulnerable }",
        &["amount", "vulnerable"],
        &["vulnerable"],
    );
    check("if !is_set(amount) { false } else { amount > 3 }", &["amount"], &[]);
    check(
        "is_set(amount) && (vulnerable || amount > 3)",
        &["amount", "vulnerable"],
        &["vulnerable"],
    );
    check(
        "is_set(amount) && is_set(visits) && amount > 3 && visits > 3",
        &["amount", "visits"],
        &[],
    );
    check(
        "!(is_set(amount) && is_set(visits)) || amount > 3 && visits > 3",
        &["amount", "visits"],
        &[],
    );
}

#[test]
fn a_guard_that_does_not_cover_the_reading_is_not_enough() {
    check("amount > 3 && is_set(amount)", &["amount"], &["amount"]);
    check("is_set(amount) || amount > 3", &["amount"], &["amount"]);
    check("(is_set(amount) || is_set(visits)) && amount > 3", &["amount", "visits"], &["amount"]);
    check(
        "(is_set(amount) && vulnerable || is_set(amount)) && amount > 3",
        &["amount", "vulnerable"],
        &["vulnerable"],
    );
    check("is_set(visits) && amount > 3", &["amount", "visits"], &["amount"]);
}
