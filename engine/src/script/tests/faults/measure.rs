use crate::script::tests::faults::drawn::check;

#[test]
fn a_condition_is_one_expression() {
    check(
        r#"let x = 3; x"#,
        r#"
error[condition-too-rich]: a condition may not contain `let`
let x = 3; x
^^^ too much for a condition
help: move this into a function in `rules.rhai` and call it here
"#,
    );
    check(
        r#"risk(|i| i.heard, "high") > 3"#,
        r#"
error[condition-too-rich]: a condition may not contain a function written with `|…|`, except to ask about the entries of a record
risk(|i| i.heard, "high") > 3
     ^ too much for a condition
help: write `name.some(|i| …)`, `.all(|i| …)` or `.count(|i| …)` after the name of a record
"#,
    );
    check(
        r#"description.count() > 3"#,
        r#"
error[unknown-function]: unknown function `count`
description.count() > 3
            ^^^^^ no function has this name
help: only a record is asked this, as in `interview.count(…)`
"#,
    );
}

#[test]
fn missing_values_are_asked_for_and_not_replaced() {
    check(
        r#"amount ?? 3 > 2"#,
        r#"
error[condition-too-rich]: a condition may not contain `??`
amount ?? 3 > 2
^^^^^^ too much for a condition
help: ask `is_set(…)` first, as in `is_set(amount) && amount > 100`
"#,
    );
    check(
        r#"description == ()"#,
        r#"
error[condition-too-rich]: a condition may not contain `()`
description == ()
               ^ too much for a condition
help: ask `is_set(…)` first, as in `is_set(amount) && amount > 100`
"#,
    );
}

#[test]
fn parts_of_rhai_that_conditions_do_without() {
    check(
        r#"amount ** 2 > 3"#,
        r#"
error[condition-too-rich]: a condition may not contain `**`
amount ** 2 > 3
       ^^ too much for a condition
help: move this into a function in `rules.rhai` and call it here
"#,
    );
    check(
        r#"amount[0] > 3"#,
        r#"
error[condition-too-rich]: a condition may not contain `[…]` after a name
amount[0] > 3
^^^^^^ too much for a condition
help: move this into a function in `rules.rhai` and call it here
"#,
    );
    check(
        r#"#{a: 1} == 3"#,
        r#"
error[condition-too-rich]: a condition may not contain an object
#{a: 1} == 3
^^ too much for a condition
help: move this into a function in `rules.rhai` and call it here
"#,
    );
    check(
        r#"foo::bar(3)"#,
        r#"
error[condition-too-rich]: a condition may not contain `::`
foo::bar(3)
     ^^^ too much for a condition
help: move this into a function in `rules.rhai` and call it here
"#,
    );
    check(
        r#"harm in [may_become]"#,
        r#"
error[condition-too-rich]: a condition may not contain a list with anything but constants
harm in [may_become]
         ^^^^^^^^^^ too much for a condition
help: move this into a function in `rules.rhai` and call it here
"#,
    );
}

#[test]
fn a_switch_is_over_names_without_further_conditions() {
    check(
        r#"switch visits { 1 => true, _ => false }"#,
        r#"
error[condition-too-rich]: a condition may not contain a `switch` over a number
switch visits { 1 => true, _ => false }
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ too much for a condition
help: move this into a function in `rules.rhai` and call it here
"#,
    );
    check(
        r#"switch harm { "none" if vulnerable => true, _ => false }"#,
        r#"
error[condition-too-rich]: a condition may not contain `if` in a `switch` case
switch harm { "none" if vulnerable => true, _ => false }
              ^^^^^^ too much for a condition
help: move this into a function in `rules.rhai` and call it here
"#,
    );
}

#[test]
fn every_part_reports_its_own_fault() {
    check(
        r#"amount > 3 && harm == "seroius" && visitz > 3"#,
        r#"
error[unknown-choice]: `seroius` is no choice of `harm`
amount > 3 && harm == "seroius" && visitz > 3
                      ^^^^^^^^^ no choice of `harm` has this name
help: did you mean `serious`?
fix: "serious"

error[unknown-name]: unknown name `visitz`
amount > 3 && harm == "seroius" && visitz > 3
                                   ^^^^^^ nothing has this name
help: did you mean `visits`?
fix: visits
"#,
    );
}

#[test]
fn a_place_in_a_later_line_is_exact() {
    check(
        r#"amount > 3 &&
  harm == "minor" &&
  vsits > 3"#,
        r#"
error[unknown-name]: unknown name `vsits`
amount > 3 &&
  harm == "minor" &&
  vsits > 3
                                     ^^^^^ nothing has this name
help: did you mean `visits`?
fix: visits
"#,
    );
}
