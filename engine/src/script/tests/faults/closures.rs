use crate::script::tests::faults::drawn::check;

#[test]
fn a_closure_names_one_entry() {
    check(
        r#"interview.some(|i, j| i.done)"#,
        r#"
error[bad-entry-name]: between the bars only one name may stand
interview.some(|i, j| i.done)
               ^^^^^^ named here
help: write one name of your own between the bars, as in `|i| i.done`
"#,
    );
    check(
        r#"interview.some(|| true)"#,
        r#"
error[bad-entry-name]: between the bars a name for the entry is missing
interview.some(|| true)
               ^^ named here
help: write one name of your own between the bars, as in `|i| i.done`
"#,
    );
    check(
        r#"interview.some(|_| true)"#,
        r#"
error[bad-entry-name]: `_` is no name for an entry
interview.some(|_| true)
               ^^^ no name
help: write one name of your own between the bars, as in `|i| i.done`
"#,
    );
    check(
        r#"interview.some(|3| true)"#,
        r#"
error[bad-entry-name]: `3` is no name for an entry
interview.some(|3| true)
               ^^^ no name
help: write one name of your own between the bars, as in `|i| i.done`
"#,
    );
    check(
        r#"interview.some(|i i.done)"#,
        r#"
error[condition-syntax]: this condition cannot be read: the second `|` is missing
interview.some(|i i.done)
               ^ here
help: write `|i| …`
"#,
    );
    check(
        r#"interview.some(|i: text| i.done)"#,
        r#"
error[bad-entry-name]: between the bars only one name may stand
interview.some(|i: text| i.done)
               ^^^^^^^^^ named here
help: write one name of your own between the bars, as in `|i| i.done`
"#,
    );
}

#[test]
fn the_name_of_an_entry_is_a_free_one() {
    check(
        r#"interview.some(|amount| amount.done)"#,
        r#"
error[bad-entry-name]: `amount` cannot name an entry: conditions read something else by it
interview.some(|amount| amount.done)
               ^^^^^^^^ taken
help: write one name of your own between the bars, as in `|i| i.done`
"#,
    );
    check(
        r#"interview.some(|channel| true)"#,
        r#"
error[bad-entry-name]: `channel` cannot name an entry: conditions read something else by it
interview.some(|channel| true)
               ^^^^^^^^^ taken
help: write one name of your own between the bars, as in `|i| i.done`
"#,
    );
    check(
        r#"interview.some(|discrepancy| true)"#,
        r#"
error[bad-entry-name]: `discrepancy` cannot name an entry: a record has this name
interview.some(|discrepancy| true)
               ^^^^^^^^^^^^^ taken
help: write one name of your own between the bars, as in `|i| i.done`
"#,
    );
    check(
        r#"interview.some(|case| true)"#,
        r#"
error[bad-entry-name]: `case` cannot name an entry: the word means something in conditions
interview.some(|case| true)
               ^^^^^^ taken
help: write one name of your own between the bars, as in `|i| i.done`
"#,
    );
    check(
        r#"interview.some(|contains| true)"#,
        r#"
error[bad-entry-name]: `contains` cannot name an entry: the word means something in conditions
interview.some(|contains| true)
               ^^^^^^^^^^ taken
help: write one name of your own between the bars, as in `|i| i.done`
"#,
    );
}

#[test]
fn the_name_of_an_entry_is_no_word_and_no_other_name() {
    check(
        r#"interview.some(|risk| true)"#,
        r#"
error[bad-entry-name]: `risk` cannot name an entry: a function has this name
interview.some(|risk| true)
               ^^^^^^ taken
help: write one name of your own between the bars, as in `|i| i.done`
"#,
    );
    check(
        r#"interview.some(|history| true)"#,
        r#"
error[bad-entry-name]: `history` cannot name an entry: a function has this name
interview.some(|history| true)
               ^^^^^^^^^ taken
help: write one name of your own between the bars, as in `|i| i.done`
"#,
    );
    check(
        r#"discrepancy.some(|d| interview.some(|d| d.done))"#,
        r#"
error[bad-entry-name]: `d` cannot name an entry: the question around this one uses it
discrepancy.some(|d| interview.some(|d| d.done))
                                    ^^^ taken
help: write one name of your own between the bars, as in `|i| i.done`
"#,
    );
}

#[test]
fn closures_nest_once() {
    check(
        r#"interview.some(|i| discrepancy.some(|d| undertaking.some(|u| u.due == "2026-03-02")))"#,
        r#"
error[condition-too-rich]: a condition may not contain a question about entries inside two others
interview.some(|i| discrepancy.some(|d| undertaking.some(|u| u.due == "2026-03-02")))
                                                         ^ too much for a condition
help: ask about two records at most; move the rest into a named condition
"#,
    );
}

#[test]
fn what_stands_in_a_closure_is_read_like_any_condition() {
    check(
        r#"interview.some(|i| )"#,
        r#"
error[condition-syntax]: this condition cannot be read: nothing is asked after the bars
interview.some(|i| )
                   ^ here
"#,
    );
    check(
        r#"interview.some(|i| {})"#,
        r#"
error[condition-syntax]: this condition cannot be read: nothing is asked after the bars
interview.some(|i| {})
                     ^ here
"#,
    );
    check(
        r#"interview.some(|i| i.done"#,
        r#"
error[condition-syntax]: this condition cannot be read: a `)` is missing
interview.some(|i| i.done
                     ^^^^ here
"#,
    );
    check(
        r#"interview.some(|i| i.done && )"#,
        r#"
error[condition-syntax]: this condition cannot be read: it ends too early
interview.some(|i| i.done && )
                          ^^ here
"#,
    );
    check(
        r#"interview.some(|i| i.done])"#,
        r#"
error[condition-syntax]: this condition cannot be read: `]` is not expected here
interview.some(|i| i.done])
                         ^ here
"#,
    );
    check(
        r#"interview.some(|i| (i.done)"#,
        r#"
error[condition-syntax]: this condition cannot be read: a `)` is missing
interview.some(|i| (i.done)
                          ^ here
"#,
    );
}

#[test]
fn what_begins_a_closure_is_ended() {
    check(
        r#"interview.some(|i| let x = 3; x)"#,
        r#"
error[condition-too-rich]: a condition may not contain `let`
interview.some(|i| let x = 3; x)
                   ^^^ too much for a condition
help: move this into a function in `rules.rhai` and call it here
"#,
    );
    check(
        r#"interview.some(|i| i.done = true)"#,
        r#"
error[assignment-in-condition]: `=` changes a value, but a condition only asks
interview.some(|i| i.done = true)
                          ^ this assigns
help: write `==` to compare
fix: ==
"#,
    );
    check(
        r#"interview.some(|i| i.done and true)"#,
        r#"
error[condition-syntax]: this condition cannot be read: `and` is not a word of conditions
interview.some(|i| i.done and true)
                          ^^^ here
help: write `&&`
fix: &&
"#,
    );
    check(
        r#"i.done && interview.some(|i| i.done)"#,
        r#"
error[unknown-name]: unknown name `i.done`
i.done && interview.some(|i| i.done)
^^^^^^ nothing has this name
"#,
    );
    check(
        r#"description.contains(|x| true)"#,
        r#"
error[condition-too-rich]: a condition may not contain a function written with `|…|`, except to ask about the entries of a record
description.contains(|x| true)
                     ^ too much for a condition
help: write `name.some(|i| …)`, `.all(|i| …)` or `.count(|i| …)` after the name of a record
"#,
    );
    check(
        r#"description.is_empty(|x| true)"#,
        r#"
error[condition-too-rich]: a condition may not contain a function written with `|…|`, except to ask about the entries of a record
description.is_empty(|x| true)
                     ^ too much for a condition
help: write `name.some(|i| …)`, `.all(|i| …)` or `.count(|i| …)` after the name of a record
"#,
    );
}

#[test]
fn a_closure_stands_only_after_a_record() {
    check(
        r#"amount.count(|x| true) > 1"#,
        r#"
error[unknown-function]: unknown function `count`
amount.count(|x| true) > 1
       ^^^^^ no function has this name
help: only a record is asked this, as in `interview.count(…)`
"#,
    );
    check(
        r#"channel.some(|x| true)"#,
        r#"
error[unknown-function]: unknown function `some`
channel.some(|x| true)
        ^^^^ no function has this name
help: only a record is asked this, as in `interview.some(…)`
"#,
    );
}
