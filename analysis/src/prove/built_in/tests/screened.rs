use crate::prove::built_in::tests::stops::ONE_STOP;
use crate::prove::built_in::tests::world::{machine, said};
use crate::verdict::BuiltIn::{AlwaysScreened, ClosingPossible};

/// Checks what is said where the stage in which cases begin takes this.
#[track_caller]
fn check(on: &str, more: &str, expected: &str) {
    let plain = "on    = { answered = { to = \"closed\" }, called = {} }";
    assert!(ONE_STOP.contains(plain));
    let text = ONE_STOP.replace(plain, on).replace("[letters]", &format!("{more}\n[letters]"));
    assert_eq!(said(&machine(&text), AlwaysScreened), expected, "{on}");
}

const LOOKED_AT: &str = r#"
[stages.looked_at]
owner = "clerk"
on    = { answered = { to = "closed" }, called = {} }
"#;

#[test]
fn whoever_is_stopped_is_heard_where_the_house_takes_the_case_on() {
    assert_eq!(said(&machine(ONE_STOP), AlwaysScreened), "proved");
    let on = "on = { answered = { to = \"looked_at\" }, called = {} }";
    check(on, LOOKED_AT, "proved");
}

#[test]
fn a_case_that_waits_for_what_a_stop_refuses_is_not_looked_at() {
    let on = "on = { called = { to = \"looked_at\" } }";
    check(on, LOOKED_AT, "refuted by 1 events");
}

#[test]
fn a_condition_may_not_keep_out_whoever_is_stopped() {
    let condition = "[conditions.free]\nsays = \"No stop\"\nis = 'history.stops == 0'\n";
    let on = "on = { answered = { to = \"closed\", requires = [\"free\"] }, called = {} }";
    check(on, condition, "refuted by 1 events");
    let any = condition.replace("== 0", ">= 0");
    check(on, &any, "proved");
}

#[test]
fn time_may_take_it_on_and_may_not_close_it() {
    let after = |to: &str| {
        format!("on = {{ called = {{}} }}\nafter = {{ \"1 week\" = {{ to = \"{to}\" }} }}")
    };
    check(&after("looked_at"), LOOKED_AT, "proved");
    check(&after("closed"), LOOKED_AT, "refuted by 1 events");
}

#[test]
fn a_protocol_without_stops_is_not_asked() {
    let (none, _) = ONE_STOP.split_once("[letters]").unwrap();
    assert_eq!(said(&machine(none), AlwaysScreened), "not asked");
}

/// A way that is open only to whoever has no other cases is none.
#[test]
fn closing_is_possible_whatever_other_cases_there_are() {
    let condition =
        "[conditions.first]\nsays = \"The first\"\nis = 'history.cases(\"12 months\") == 0'\n";
    let closing = |answered: &str| {
        let text = format!(
            "[events]\nanswered = {{ by = [\"clerk\"] }}\n[stages.received]\nstart = true\n\
             owner = \"clerk\"\n{condition}{answered}"
        );
        said(&machine(&text), ClosingPossible)
    };
    let only = "[stages.received.on.answered]\nto = \"closed\"\nrequires = [\"first\"]\n";
    assert_eq!(closing(only), "undecided: [OtherCases]");
    let when = "[[stages.received.on.answered]]\nwhen = 'history.cases(\"12 months\") == 0'\n\
                to = \"closed\"\n[[stages.received.on.answered]]\n";
    assert_eq!(closing(&format!("{when}to = \"closed\"\n")), "proved");
    assert_eq!(closing(&format!("{when}to = \"@same\"\n")), "undecided: [OtherCases]");
}
