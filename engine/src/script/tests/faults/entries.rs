use crate::script::tests::faults::drawn::check;

#[test]
fn an_entry_is_no_value() {
    check(
        r#"interview.some(|i| i == "employee")"#,
        r#"
error[record-as-value]: `i` is an entry of `interview`, not a value
interview.some(|i| i == "employee")
                   ^ a whole entry
help: read one of its fields, as in `i.id`
"#,
    );
    check(
        r#"interview.some(|i| is_set(i))"#,
        r#"
error[record-as-value]: `i` is an entry of `interview`, not a value
interview.some(|i| is_set(i))
                          ^ a whole entry
help: read one of its fields, as in `i.id`
"#,
    );
    check(
        r#"interview.some(|i| i.len() > 3)"#,
        r#"
error[unknown-function]: unknown function `len`
interview.some(|i| i.len() > 3)
                     ^^^ no function has this name
help: `i` is an entry of `interview`: it has fields only
"#,
    );
    check(
        r#"is_set(undertaking.last())"#,
        r#"
error[record-as-value]: `undertaking.last()` is an entry of `undertaking`, not a value
is_set(undertaking.last())
       ^^^^^^^^^^^^^^^^^^ a whole entry
help: read one of its fields, as in `undertaking.last().due`
"#,
    );
    check(
        r#"undertaking.last() == "2026-03-02""#,
        r#"
error[record-as-value]: `undertaking.last()` is an entry of `undertaking`, not a value
undertaking.last() == "2026-03-02"
^^^^^^^^^^^^^^^^^^ a whole entry
help: read one of its fields, as in `undertaking.last().due`
"#,
    );
    check(
        r#"interview.some(|i| risk(i, "high") > 3)"#,
        r#"
error[record-as-value]: `i` is an entry of `interview`, not a value
interview.some(|i| risk(i, "high") > 3)
                        ^ a whole entry
help: read one of its fields, as in `i.id`
"#,
    );
}

#[test]
fn a_closure_is_a_condition() {
    check(
        r#"interview.some(|i| i.minutes)"#,
        r#"
error[not-a-condition]: a condition must be a yes or no, but this is a number
interview.some(|i| i.minutes)
                   ^^^^^^^^^ a number
help: compare it with something, as in `amount > 100` or `harm == "serious"`
"#,
    );
    check(
        r#"interview.all(|i| 3)"#,
        r#"
error[not-a-condition]: a condition must be a yes or no, but this is a number
interview.all(|i| 3)
                  ^ a number
help: compare it with something, as in `amount > 100` or `harm == "serious"`
"#,
    );
    check(
        r#"interview.some(|i| "employee")"#,
        r#"
error[not-a-condition]: a condition must be a yes or no, but this is a text
interview.some(|i| "employee")
                   ^^^^^^^^^^ a text
help: compare it with something, as in `amount > 100` or `harm == "serious"`
"#,
    );
    check(
        r#"interview.some(|i| interview.count())"#,
        r#"
error[not-a-condition]: a condition must be a yes or no, but this is a number
interview.some(|i| interview.count())
                   ^^^^^^^^^^^^^^^^^ a number
help: compare it with something, as in `amount > 100` or `harm == "serious"`
"#,
    );
    check(
        r#"interview.count()"#,
        r#"
error[not-a-condition]: a condition must be a yes or no, but this is a number
interview.count()
^^^^^^^^^^^^^^^^^ a number
help: compare it with something, as in `amount > 100` or `harm == "serious"`
"#,
    );
    check(
        r#"interview.count(|i| i.party == "emploee") > 1"#,
        r#"
error[unknown-choice]: `emploee` is no choice of `party`
interview.count(|i| i.party == "emploee") > 1
                               ^^^^^^^^^ no choice of `party` has this name
help: did you mean `employee`?
fix: "employee"
"#,
    );
    check(
        r#"interview.some(|i| i.minutes == "3")"#,
        r#"
error[unlike-types]: `i.minutes` is a number, but `"3"` is a text
interview.some(|i| i.minutes == "3")
                   ^^^^^^^^^^^^^^^^ these do not go together
"#,
    );
}

#[test]
fn a_question_gets_what_it_takes() {
    check(
        r#"interview.some()"#,
        r#"
error[wrong-arguments]: `some` takes a condition on each entry, as in `|i| i.done`, but this gives no arguments
interview.some()
^^^^^^^^^^^^^^^^ gives no arguments
"#,
    );
    check(
        r#"interview.all(vulnerable)"#,
        r#"
error[wrong-arguments]: `all` takes a condition on each entry, as in `|i| i.done`, but this gives 1 argument
interview.all(vulnerable)
^^^^^^^^^^^^^^^^^^^^^^^^^ gives 1 argument
"#,
    );
    check(
        r#"interview.is_empty(|i| i.done)"#,
        r#"
error[condition-too-rich]: a condition may not contain a function written with `|…|`, except to ask about the entries of a record
interview.is_empty(|i| i.done)
                   ^ too much for a condition
help: write `name.some(|i| …)`, `.all(|i| …)` or `.count(|i| …)` after the name of a record
"#,
    );
    check(
        r#"interview.last(1).done"#,
        r#"
error[wrong-arguments]: `last` takes no arguments, but this gives 1 argument
interview.last(1).done
^^^^^^^^^^^^^^^^^ gives 1 argument
"#,
    );
    check(
        r#"interview.count(1) > 2"#,
        r#"
error[wrong-arguments]: `count` takes nothing, or a condition on each entry, as in `|i| i.done`, but this gives 1 argument
interview.count(1) > 2
^^^^^^^^^^^^^^^^^^ gives 1 argument
"#,
    );
    check(
        r#"interview.some(|i| i.done, 3)"#,
        r#"
error[wrong-arguments]: `some` takes a condition on each entry, as in `|i| i.done`, but this gives more than that
interview.some(|i| i.done, 3)
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ gives more than that
"#,
    );
    check(
        r#"interview.count().x > 3"#,
        r#"
error[condition-too-rich]: a condition may not contain a part of the result of a call
interview.count().x > 3
                  ^ too much for a condition
help: move this into a function in `rules.rhai` and call it here
"#,
    );
    check(
        r#"interview.some(|i| i.done).count() > 3"#,
        r#"
error[condition-too-rich]: a condition may not contain a part of the result of a call
interview.some(|i| i.done).count() > 3
                           ^^^^^ too much for a condition
help: move this into a function in `rules.rhai` and call it here
"#,
    );
}

#[test]
fn a_personal_field_of_an_entry_decides_nothing() {
    check(
        r#"interview.some(|i| i.name == "x")"#,
        r#"
error[personal-in-condition]: `i.name` is personal and may not decide anything
interview.some(|i| i.name == "x")
                   ^^^^^^ personal value
help: ask `is_set(i.name)`, or keep what must decide in a field of its own
"#,
    );
    check(
        r#"interview.some(|i| is_set(i.name) && i.name == "x")"#,
        r#"
error[personal-in-condition]: `i.name` is personal and may not decide anything
interview.some(|i| is_set(i.name) && i.name == "x")
                                     ^^^^^^ personal value
help: ask `is_set(i.name)`, or keep what must decide in a field of its own
"#,
    );
    check(
        r#"is_set(interview.last().name) && interview.last().name.len() > 3"#,
        r#"
error[personal-in-condition]: `interview.last().name` is personal and may not decide anything
is_set(interview.last().name) && interview.last().name.len() > 3
                                 ^^^^^^^^^^^^^^^^^^^^^ personal value
help: ask `is_set(interview.last().name)`, or keep what must decide in a field of its own
"#,
    );
}
