use crate::script::tests::faults::drawn::check;

#[test]
fn a_field_that_entries_do_not_have_gets_the_near_one() {
    check(
        r#"interview.some(|i| i.patry == "employee")"#,
        r#"
error[unknown-name]: entries of `interview` have no field `patry`
interview.some(|i| i.patry == "employee")
                     ^^^^^ no field of the entry has this name
help: did you mean `party`?
fix: party
"#,
    );
    check(
        r#"interview.some(|i| is_set(i.nmae))"#,
        r#"
error[unknown-name]: entries of `interview` have no field `nmae`
interview.some(|i| is_set(i.nmae))
                            ^^^^ no field of the entry has this name
help: did you mean `name`?
fix: name
"#,
    );
    check(
        r#"discrepancy.count(|d| d.x)"#,
        r#"
error[unknown-name]: entries of `discrepancy` have no field `x`
discrepancy.count(|d| d.x)
                        ^ no field of the entry has this name
help: declared: `of`, `amount`
"#,
    );
}

#[test]
fn a_function_that_records_do_not_have_is_named_with_what_to_write() {
    check(
        r#"interview.any(|i| i.done)"#,
        r#"
error[unknown-function]: unknown function `any`
interview.any(|i| i.done)
          ^^^ no function has this name
help: write `interview.some(|i| …)`
"#,
    );
    check(
        r#"interview.none(|i| i.done)"#,
        r#"
error[unknown-function]: unknown function `none`
interview.none(|i| i.done)
          ^^^^ no function has this name
help: write `!interview.some(|i| …)`
"#,
    );
    check(
        r#"interview.filter(|i| i.done).count() > 1"#,
        r#"
error[unknown-function]: unknown function `filter`
interview.filter(|i| i.done).count() > 1
          ^^^^^^ no function has this name
help: write `interview.count(|i| …)` or `interview.some(|i| …)`
"#,
    );
    check(
        r#"interview.map(|i| i.minutes)"#,
        r#"
error[unknown-function]: unknown function `map`
interview.map(|i| i.minutes)
          ^^^ no function has this name
help: write `interview.count(|i| …)` or `interview.some(|i| …)`
"#,
    );
    check(
        r#"interview.first().done"#,
        r#"
error[unknown-function]: unknown function `first`
interview.first().done
          ^^^^^ no function has this name
help: write `interview.some(|i| …)`; only the last entry can be read by itself
"#,
    );
}

#[test]
fn a_function_that_no_record_has_is_named() {
    check(
        r#"interview.len() > 3"#,
        r#"
error[unknown-function]: unknown function `len`
interview.len() > 3
          ^^^ no function has this name
help: write `interview.count()`
"#,
    );
    check(
        r#"interview.sum() > 3"#,
        r#"
error[unknown-function]: unknown function `sum`
interview.sum() > 3
          ^^^ no function has this name
help: declared: `some`, `all`, `count`, `is_empty`, `last`
"#,
    );
    check(
        r#"some(interview, 3)"#,
        r#"
error[unknown-function]: unknown function `some`
some(interview, 3)
^^^^ no function has this name
help: only a record is asked this, as in `interview.some(…)`
"#,
    );
    check(
        r#"amount.some(|i| i > 3)"#,
        r#"
error[unknown-function]: unknown function `some`
amount.some(|i| i > 3)
       ^^^^ no function has this name
help: only a record is asked this, as in `interview.some(…)`
"#,
    );
}

#[test]
fn a_record_is_no_value() {
    check(
        r#"interview == "employee""#,
        r#"
error[record-as-value]: `interview` is a record of many entries, not a value
interview == "employee"
^^^^^^^^^ many entries, not one value
help: ask `interview.count() > 0`, or ask about its entries: `interview.some(|i| …)`
"#,
    );
    check(
        r#"interview"#,
        r#"
error[record-as-value]: `interview` is a record of many entries, not a value
interview
^^^^^^^^^ many entries, not one value
help: ask `interview.count() > 0`, or ask about its entries: `interview.some(|i| …)`
"#,
    );
    check(
        r#"is_set(interview)"#,
        r#"
error[record-as-value]: `interview` is a record of many entries, not a value
is_set(interview)
       ^^^^^^^^^ many entries, not one value
help: ask `interview.count() > 0`, or ask about its entries: `interview.some(|i| …)`
"#,
    );
    check(
        r#"interview.party == "employee""#,
        r#"
error[record-as-value]: each entry of `interview` has its own `party`: say of which
interview.party == "employee"
          ^^^^^ many entries, not one value
help: ask `interview.some(|i| i.party …)`, `interview.all(|i| i.party …)` or `interview.last().party`
"#,
    );
    check(
        r#"interview.is_empty"#,
        r#"
error[wrong-arguments]: `is_empty` takes brackets after it, as in `()`, but this gives none
interview.is_empty
          ^^^^^^^^ gives none
"#,
    );
    check(
        r#"interview.some"#,
        r#"
error[wrong-arguments]: `some` takes a condition on each entry, as in `|i| i.done`, but this gives none
interview.some
          ^^^^ gives none
"#,
    );
    check(
        r#"risk(interview, "high") > 3"#,
        r#"
error[record-as-value]: `interview` is a record of many entries, not a value
risk(interview, "high") > 3
     ^^^^^^^^^ many entries, not one value
help: ask `interview.count() > 0`, or ask about its entries: `interview.some(|i| …)`
"#,
    );
    check(
        r#"risk(interview.last(), "high") > 3"#,
        r#"
error[record-as-value]: `interview.last()` is an entry of `interview`, not a value
risk(interview.last(), "high") > 3
     ^^^^^^^^^^^^^^^^ a whole entry
help: read one of its fields, as in `interview.last().id`
"#,
    );
}
