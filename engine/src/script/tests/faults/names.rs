use crate::script::tests::faults::drawn::check;

#[test]
fn a_name_that_nothing_has_gets_the_near_one() {
    check(
        r#"amuont > 100"#,
        r#"
error[unknown-name]: unknown name `amuont`
amuont > 100
^^^^^^ nothing has this name
help: did you mean `amount`?
fix: amount
"#,
    );
    check(
        r#"channel.writen"#,
        r#"
error[unknown-name]: unknown name `channel.writen`
channel.writen
^^^^^^^^^^^^^^ nothing has this name
help: did you mean `channel.written`?
fix: channel.written
"#,
    );
    check(
        r#"is_set(amuont)"#,
        r#"
error[unknown-name]: unknown name `amuont`
is_set(amuont)
       ^^^^^^ nothing has this name
help: did you mean `amount`?
fix: amount
"#,
    );
    check(
        r#"met("answr")"#,
        r#"
error[unknown-name]: unknown deadline `answr`
met("answr")
    ^^^^^^^ no deadline has this name
help: did you mean `answer`?
fix: "answer"
"#,
    );
}

#[test]
fn a_value_without_quotes_is_told_from_an_unknown_name() {
    check(
        r#"harm == serious"#,
        r#"
error[unknown-name]: unknown name `serious`
harm == serious
        ^^^^^^^ nothing has this name
help: `serious` is a value: write it in double quotes
fix: "serious"
"#,
    );
    check(
        r#"met(answer)"#,
        r#"
error[unknown-name]: unknown name `answer`
met(answer)
    ^^^^^^ nothing has this name
help: `answer` is a value: write it in double quotes
fix: "answer"
"#,
    );
}

#[test]
fn a_choice_or_level_is_one_of_its_set() {
    check(
        r#"harm == "seroius""#,
        r#"
error[unknown-choice]: `seroius` is no choice of `harm`
harm == "seroius"
        ^^^^^^^^^ no choice of `harm` has this name
help: did you mean `serious`?
fix: "serious"
"#,
    );
    check(
        r#"severity >= "hgh""#,
        r#"
error[unknown-level]: `hgh` is no severity level
severity >= "hgh"
            ^^^^^ no severity level has this name
help: did you mean `high`?
fix: "high"
"#,
    );
    check(
        r#"severity >= "x""#,
        r#"
error[unknown-level]: `x` is no severity level
severity >= "x"
            ^^^ no severity level has this name
help: levels, lowest first: `low`, `medium`, `high`, `critical`
"#,
    );
    check(
        r#"harm in ["minor", "serios"]"#,
        r#"
error[unknown-choice]: `serios` is no choice of `harm`
harm in ["minor", "serios"]
                  ^^^^^^^^ no choice of `harm` has this name
help: did you mean `serious`?
fix: "serious"
"#,
    );
    check(
        r#"switch harm { "nine" => true, _ => false }"#,
        r#"
error[unknown-choice]: `nine` is no choice of `harm`
switch harm { "nine" => true, _ => false }
              ^^^^^^ no choice of `harm` has this name
help: did you mean `none`?
fix: "none"
"#,
    );
    check(
        r#"risk(3, "hihg") > 3"#,
        r#"
error[unknown-level]: `hihg` is no severity level
risk(3, "hihg") > 3
        ^^^^^^ no severity level has this name
help: did you mean `high`?
fix: "high"
"#,
    );
}

#[test]
fn an_unknown_function_is_named() {
    check(
        r#"sleep(3)"#,
        r#"
error[unknown-function]: unknown function `sleep`
sleep(3)
^^^^^ no function has this name
"#,
    );
    check(
        r#"visits(3)"#,
        r#"
error[unknown-function]: unknown function `visits`
visits(3)
^^^^^^ no function has this name
help: `visits` is a value: write it without brackets
"#,
    );
    check(
        r#"rsk(3, "high") > 3"#,
        r#"
error[unknown-function]: unknown function `rsk`
rsk(3, "high") > 3
^^^ no function has this name
help: did you mean `risk`?
fix: risk
"#,
    );
    check(
        r#"a.b.c.d()"#,
        r#"
error[unknown-function]: unknown function `d`
a.b.c.d()
      ^ no function has this name
"#,
    );
}

#[test]
fn functions_get_what_they_take() {
    check(
        r#"risk(1)"#,
        r#"
error[wrong-arguments]: `risk` takes 2 arguments, but this gives 1 argument
risk(1)
^^^^^^^ gives 1 argument
"#,
    );
    check(
        r#"risk("x", "high") > 3"#,
        r#"
error[unlike-types]: `"x"` is a text, but a number is needed here
risk("x", "high") > 3
     ^^^ must be a number
"#,
    );
    check(
        r#"met"#,
        r#"
error[wrong-arguments]: `met` takes the name of a deadline in brackets, but this gives none
met
^^^ gives none
"#,
    );
    check(
        r#"met(3)"#,
        r#"
error[wrong-arguments]: `met` takes the name of a deadline in double quotes, but this gives something else
met(3)
^^^^^^ gives something else
"#,
    );
}

#[test]
fn built_in_functions_get_what_they_take() {
    check(
        r#"is_set(amount, harm)"#,
        r#"
error[wrong-arguments]: `is_set` takes 1 field, but this gives 2 arguments
is_set(amount, harm)
^^^^^^^^^^^^^^^^^^^^ gives 2 arguments
"#,
    );
    check(
        r#"is_set(3)"#,
        r#"
error[wrong-arguments]: `is_set` takes the name of a field, but this gives something else
is_set(3)
^^^^^^^^^ gives something else
"#,
    );
    check(
        r#"description.contains()"#,
        r#"
error[wrong-arguments]: `contains` takes 1 text, but this gives no arguments
description.contains()
^^^^^^^^^^^^^^^^^^^^^^ gives no arguments
"#,
    );
    check(
        r#"visits.contains("x")"#,
        r#"
error[unlike-types]: `visits` is a number, but a text is needed here
visits.contains("x")
^^^^^^ must be a text
"#,
    );
    check(
        r#"risk(3, severity).len()"#,
        r#"
error[unlike-types]: `risk(3, severity)` is a number, but a text is needed here
risk(3, severity).len()
^^^^^^^^^^^^^^^^^ must be a text
"#,
    );
}
