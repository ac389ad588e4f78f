use crate::script::tests::faults::drawn::check;

#[test]
fn one_equals_sign_is_not_a_comparison() {
    check(
        r#"amount = 5"#,
        r#"
error[assignment-in-condition]: `=` changes a value, but a condition only asks
amount = 5
       ^ this assigns
help: write `==` to compare
fix: ==
"#,
    );
    check(
        r#"amount += 5"#,
        r#"
error[assignment-in-condition]: `+=` changes a value, but a condition only asks
amount += 5
       ^^ this assigns
help: events and transitions change fields; a condition reads them
"#,
    );
}

#[test]
fn texts_stand_in_double_quotes() {
    check(
        r#"harm == 'serious'"#,
        r#"
error[condition-syntax]: this condition cannot be read: texts stand in double quotes, not in single quotes
harm == 'serious'
        ^^^^^^^^^ here
help: write `"…"`
fix: "serious"
"#,
    );
    check(
        r#"harm == `serious`"#,
        r#"
error[condition-syntax]: this condition cannot be read: texts stand in double quotes, not in backticks
harm == `serious`
        ^^^^^^^^^ here
help: write `"…"`
fix: "serious"
"#,
    );
}

#[test]
fn words_for_signs_are_mended() {
    check(
        r#"vulnerable and amount > 3"#,
        r#"
error[condition-syntax]: this condition cannot be read: `and` is not a word of conditions
vulnerable and amount > 3
           ^^^ here
help: write `&&`
fix: &&
"#,
    );
    check(
        r#"not vulnerable"#,
        r#"
error[condition-syntax]: this condition cannot be read: `not` is not a word of conditions
not vulnerable
^^^ here
help: write `!`
fix: !
"#,
    );
}

#[test]
fn signs_of_other_languages_are_mended() {
    check(
        r#"vulnerable & vulnerable"#,
        r#"
error[condition-syntax]: this condition cannot be read: `&` means nothing in conditions
vulnerable & vulnerable
           ^ here
help: write `&&`
fix: &&
"#,
    );
    check(
        r#"vulnerable | vulnerable"#,
        r#"
error[condition-syntax]: this condition cannot be read: `|` means nothing in conditions
vulnerable | vulnerable
           ^ here
help: write `||`
fix: ||
"#,
    );
    check(
        r#"amount =< 3"#,
        r#"
error[condition-syntax]: this condition cannot be read: `=<` means nothing in conditions
amount =< 3
       ^^ here
help: write `<=`
fix: <=
"#,
    );
    check(
        r#"amount ≥ 3"#,
        r#"
error[condition-syntax]: this condition cannot be read: `≥` means nothing in conditions
amount ≥ 3
       ^ here
help: write `>=`
fix: >=
"#,
    );
    check(
        r#"amount <> 3"#,
        r#"
error[condition-syntax]: this condition cannot be read: `<>` means nothing in conditions
amount <> 3
       ^^ here
help: write `!=`
fix: !=
"#,
    );
}

#[test]
fn typography_and_science_are_refused() {
    check(
        r#"harm == “serious”"#,
        r#"
error[condition-syntax]: this condition cannot be read: these are typographic quotes
harm == “serious”
        ^ here
help: write `"`
"#,
    );
    check(
        r#"1e3 > visits"#,
        r#"
error[condition-syntax]: this condition cannot be read: `1e3` is no number
1e3 > visits
^^^ here
help: write all digits out, and no unit
"#,
    );
}

#[test]
fn what_cannot_be_read_says_where() {
    check(
        r#"amount >"#,
        r#"
error[condition-syntax]: this condition cannot be read: it ends too early
amount >
        ^ here
"#,
    );
    check(
        r#""#,
        r#"
error[condition-syntax]: this condition cannot be read: nothing is written

^ here
"#,
    );
    check(
        r#"amount > 3)"#,
        r#"
error[condition-syntax]: this condition cannot be read: `)` is not expected here
amount > 3)
          ^ here
"#,
    );
    check(
        r#"(amount > 3"#,
        r#"
error[condition-syntax]: this condition cannot be read: `)` is missing
(amount > 3
           ^ here
"#,
    );
    check(
        r#"harm == "ser"#,
        r#"
error[condition-syntax]: this condition cannot be read: a text in quotes is not closed
harm == "ser
        ^^^^ here
"#,
    );
    check(
        r#"größe > 3"#,
        r#"
error[condition-syntax]: this condition cannot be read: `größe` is no name: names have letters from a to z
größe > 3
^^^^^ here
"#,
    );
    check(
        r#"case == 3"#,
        r#"
error[condition-syntax]: this condition cannot be read: `case` is reserved and cannot be a name
case == 3
^^^^ here
"#,
    );
}
