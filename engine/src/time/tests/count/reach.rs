use crate::time::tests::{date, holiday, plan, weekdays};
use crate::time::*;

const RULES: Rules = Rules {
    first_day: FirstDay::Next,
    ends: Ends::Midnight,
    roll: Roll::None,
    outside_hours: OutsideHours::AsIs,
    twice: Twice::Earlier,
};

#[track_caller]
fn check(rules: Rules, term: &str, expected: &str) {
    let calendar = Calendar::build(plan("Europe/Amsterdam", weekdays(&["09:00-17:00"])));
    let reach = reach(&calendar, rules, date("2026-01-01"), parse_term(term).unwrap());
    let shown = reach.map(|it| format!("{}..{:?}", it.least_days, it.most_days));
    assert_eq!(shown.unwrap_or_default(), expected);
}

#[test]
fn a_term_takes_longer_from_some_days_than_from_others() {
    check(RULES, "1 working day", "1..Some(3)");
    check(RULES, "5 working days", "5..Some(7)");
    check(RULES, "10 working days", "12..Some(14)");
    check(RULES, "1 month", "28..Some(31)");
    check(RULES, "1 year", "365..Some(366)");
    check(RULES, "8 weeks", "56..Some(56)");
    check(RULES, "25 hours", "1..Some(2)");
    check(RULES, "8 working hours", "0..None");
}

#[test]
fn rules_of_counting_make_a_term_shorter_or_longer() {
    check(Rules { first_day: FirstDay::Same, ..RULES }, "10 working days", "11..Some(14)");
    check(Rules { roll: Roll::Forward, ..RULES }, "8 weeks", "56..Some(58)");
    check(Rules { roll: Roll::Back, ..RULES }, "8 weeks", "54..Some(56)");
    let waits = Rules { outside_hours: OutsideHours::NextWorkingDay, ..RULES };
    check(waits, "5 working days", "5..Some(9)");
}

#[test]
fn holidays_make_the_longest_term_longer_and_not_the_shortest() {
    let mut plan = plan("Europe/Amsterdam", weekdays(&["09:00-17:00"]));
    plan.closed = vec![holiday("Good Friday", parse_on("easter - 2 days").unwrap())];
    let calendar = Calendar::build(plan);
    let term = parse_term("5 working days").unwrap();
    let reach = reach(&calendar, RULES, date("2026-01-01"), term).unwrap();
    assert_eq!((reach.least_days, reach.most_days), (5, Some(10)));
}
