use crate::script::tests::faults::drawn::check;

#[test]
fn unlike_things_are_never_compared() {
    check(
        r#"harm == severity"#,
        r#"
error[unlike-types]: `harm` is a choice of `harm`, but `severity` is a severity level
harm == severity
^^^^^^^^^^^^^^^^ these do not go together
"#,
    );
    check(
        r#"amount == "5""#,
        r#"
error[unlike-types]: `amount` is an amount of money, but `"5"` is a text
amount == "5"
^^^^^^^^^^^^^ these do not go together
"#,
    );
    check(
        r#"vulnerable == 1"#,
        r#"
error[unlike-types]: `vulnerable` is a yes or no, but `1` is a number
vulnerable == 1
^^^^^^^^^^^^^^^ these do not go together
"#,
    );
    check(
        r#"amount > fee_in_euro"#,
        r#"
error[unlike-types]: `amount` and `fee_in_euro` are amounts in different currencies
amount > fee_in_euro
^^^^^^^^^^^^^^^^^^^^ these do not go together
"#,
    );
}

#[test]
fn what_has_no_order_is_not_put_in_order() {
    check(
        r#"harm >= "minor""#,
        r#"
error[unlike-types]: `harm` is a choice of `harm`, which has no order
harm >= "minor"
^^^^^^^^^^^^^^^ these do not go together
help: compare with `==`, `!=` or `in ["…", "…"]`
"#,
    );
}

#[test]
fn unlike_things_are_found_inside_others_and_in_lists() {
    check(
        r#"vulnerable && !(harm == 3)"#,
        r#"
error[unlike-types]: `harm` is a choice of `harm`, but `3` is a number
vulnerable && !(harm == 3)
                ^^^^^^^^^ these do not go together
"#,
    );
    check(
        r#"visits in ["1"]"#,
        r#"
error[unlike-types]: `visits` is a number, but `"1"` is a text
visits in ["1"]
^^^^^^^^^^^^^^^ these do not go together
"#,
    );
    check(
        r#""leak" in visits"#,
        r#"
error[unlike-types]: `in` needs a list such as `["…", "…"]` after it, but `visits` is a number
"leak" in visits
          ^^^^^^ these do not go together
"#,
    );
    check(
        r#"switch harm { 1 => true, _ => false }"#,
        r#"
error[unlike-types]: `1` is no case of a choice of `harm`
switch harm { 1 => true, _ => false }
              ^ these do not go together
"#,
    );
}

#[test]
fn calculations_need_numbers() {
    check(
        r#"received_on + 3 > answered_on"#,
        r#"
error[unlike-types]: `received_on` is a date, but only numbers are calculated with
received_on + 3 > answered_on
^^^^^^^^^^^ must be a number
"#,
    );
    check(
        r#"-harm > 3"#,
        r#"
error[unlike-types]: `harm` is a choice of `harm`, but only numbers are calculated with
-harm > 3
 ^^^^ must be a number
"#,
    );
    check(
        r#"amount + visits > 3"#,
        r#"
error[unlike-types]: an amount of money and a number do not go together in `amount + visits`
amount + visits > 3
^^^^^^^^^^^^^^^ these do not go together
help: add money to money, multiply and divide it by numbers
"#,
    );
    check(
        r#"amount * amount > 3"#,
        r#"
error[unlike-types]: an amount of money and an amount of money do not go together in `amount * amount`
amount * amount > 3
^^^^^^^^^^^^^^^ these do not go together
help: add money to money, multiply and divide it by numbers
"#,
    );
    check(
        r#"if vulnerable { amount } else { "x" } == 3"#,
        r#"
error[unlike-types]: one branch gives an amount of money, another gives a text
if vulnerable { amount } else { "x" } == 3
                                ^^^ these do not go together
help: all branches must give the same kind of value
"#,
    );
}

#[test]
fn a_division_of_whole_numbers_is_refused() {
    check(
        r#"10 / 4 > 2"#,
        r#"
error[integer-division]: `10 / 4` divides whole numbers and would drop the rest
10 / 4 > 2
^^^^^^ the rest would be lost
help: write `10.0 / 4` to divide exactly
"#,
    );
    check(
        r#"(description.len() + 1) / 2 > 3"#,
        r#"
error[integer-division]: `(description.len() + 1) / 2` divides whole numbers and would drop the rest
(description.len() + 1) / 2 > 3
^^^^^^^^^^^^^^^^^^^^^^^^^^^ the rest would be lost
help: write one of the numbers with a decimal point to divide exactly
"#,
    );
}

#[test]
fn a_condition_is_a_yes_or_no() {
    check(
        r#"amount + 3"#,
        r#"
error[not-a-condition]: a condition must be a yes or no, but this is an amount of money
amount + 3
^^^^^^^^^^ an amount of money
help: compare it with something, as in `amount > 100` or `harm == "serious"`
"#,
    );
    check(
        r#"!amount"#,
        r#"
error[not-a-condition]: a condition must be a yes or no, but this is an amount of money
!amount
 ^^^^^^ an amount of money
help: compare it with something, as in `amount > 100` or `harm == "serious"`
"#,
    );
    check(
        r#"3 && vulnerable"#,
        r#"
error[not-a-condition]: a condition must be a yes or no, but this is a number
3 && vulnerable
^ a number
help: compare it with something, as in `amount > 100` or `harm == "serious"`
"#,
    );
    check(
        r#"vulnerable && "x""#,
        r#"
error[not-a-condition]: a condition must be a yes or no, but this is a text
vulnerable && "x"
              ^^^ a text
help: compare it with something, as in `amount > 100` or `harm == "serious"`
"#,
    );
    check(
        r#"risk(3, "high")"#,
        r#"
error[not-a-condition]: a condition must be a yes or no, but this is a number
risk(3, "high")
^^^^^^^^^^^^^^^ a number
help: compare it with something, as in `amount > 100` or `harm == "serious"`
"#,
    );
}

#[test]
fn a_branch_for_every_value() {
    check(
        r#"if vulnerable { amount > 3 }"#,
        r#"
error[no-value]: this `if` says nothing for the other case
if vulnerable { amount > 3 }
^^^^^^^^^^^^^^^^^^^^^^^^^^^^ may give nothing
help: add `else { … }` with the value it gives then
"#,
    );
    check(
        r#"switch harm { "none" => false, "minor" => vulnerable }"#,
        r#"
error[no-value]: this `switch` says nothing for `"serious"`
switch harm { "none" => false, "minor" => vulnerable }
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ may give nothing
help: add a line for each missing value, or `_ => …` as the last one
"#,
    );
    check(
        r#"switch description { "x" => true }"#,
        r#"
error[no-value]: this `switch` says nothing for other texts
switch description { "x" => true }
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ may give nothing
help: add a line for each missing value, or `_ => …` as the last one
"#,
    );
}

#[test]
fn a_personal_value_decides_nothing() {
    check(
        r#"complainant_name == "x""#,
        r#"
error[personal-in-condition]: `complainant_name` is personal and may not decide anything
complainant_name == "x"
^^^^^^^^^^^^^^^^ personal value
help: ask `is_set(complainant_name)`, or keep what must decide in a field of its own
"#,
    );
}

#[test]
fn a_date_is_a_date() {
    check(
        r#"received_on >= "2 March""#,
        r#"
error[not-a-date]: `2 March` is no date
received_on >= "2 March"
               ^^^^^^^^^ a date is needed here
help: write year, month and day, as in `"2026-03-02"`
"#,
    );
}
