use crate::time::tests::CLOSE;
use crate::time::tests::MIDNIGHT;
use crate::time::tests::RULES;
use crate::time::tests::at;
use crate::time::tests::daily;
use crate::time::tests::date;
use crate::time::tests::plan;
use crate::time::tests::shown;
use crate::time::tests::weekdays;
use crate::time::*;

fn office() -> Calendar {
    Calendar::build(plan("Europe/Amsterdam", weekdays(&["09:00-17:00"])))
}

#[track_caller]
fn check(calendar: &Calendar, rules: Rules, due: &str, term: &str, expected: &str) {
    let warned = before(calendar, rules, at(calendar, due), parse_term(term).unwrap());
    let shown = warned.map_or_else(|error| format!("{error:?}"), |at| shown(calendar, at));
    assert_eq!(shown, expected);
}

/// The point of a course from Monday 1 June 2026 10:00, paused on some stretch.
#[track_caller]
fn check_percent(
    rules: Rules,
    within: &str,
    additions: &[&str],
    pause: Option<(&str, &str)>,
    percent: u8,
    expected: &str,
) {
    let calendar = office();
    let at = |text| at(&calendar, text);
    let allowance = parse_allowance(within);
    let base = match &allowance {
        Ok(allowance) => Base::Allowance(allowance),
        Err(_) => Base::Date(date(within)),
    };
    let additions: Vec<Term> = additions.iter().map(|text| parse_term(text).unwrap()).collect();
    let pauses: Vec<Pause> = pause
        .iter()
        .map(|(from, to)| Pause { from: at(from), to: (!to.is_empty()).then(|| at(to)) })
        .collect();
    let start = Start { at: at("2026-06-01 10:00"), date_only: false, receipt: true };
    let course = Course { start, base, additions: &additions, pauses: &pauses };
    let point = at_percent(&calendar, rules, &course, percent).unwrap();
    assert_eq!(point.map_or("none".to_owned(), |at| shown(&calendar, at)), expected);
}

#[test]
fn a_warning_in_days_ends_like_the_term() {
    check(&office(), CLOSE, "2026-06-10 17:00", "2 working days", "Mon 2026-06-08 17:00");
    check(&office(), CLOSE, "2026-06-08 17:00", "1 working day", "Fri 2026-06-05 17:00");
    check(&office(), CLOSE, "2026-06-08 17:00", "1 calendar day", "Sun 2026-06-07 23:59:59.999");
    check(&office(), MIDNIGHT, "2026-06-10 23:59:59.999", "1 week", "Wed 2026-06-03 23:59:59.999");
    check(&office(), RULES, "2026-03-31 15:10", "1 month", "Sat 2026-02-28 15:10");
    check(&office(), CLOSE, "2026-06-07 23:59:59.999", "1 working day", "Fri 2026-06-05 17:00");
}

#[test]
fn a_close_at_or_after_midnight_belongs_to_its_own_day() {
    let late = Calendar::build(plan("Europe/Amsterdam", weekdays(&["16:00-24:00"])));
    check(&late, CLOSE, "2026-06-04 00:00", "1 working day", "Wed 2026-06-03 00:00");
    let night = Calendar::build(plan("Europe/Amsterdam", daily(&["22:00-06:00"])));
    check(&night, CLOSE, "2026-06-04 06:00", "1 calendar day", "Wed 2026-06-03 06:00");
}

#[test]
fn hours_count_back_exactly() {
    check(&office(), RULES, "2026-03-29 12:00", "24 hours", "Sat 2026-03-28 11:00");
    check(&office(), RULES, "2026-06-08 10:00", "2 working hours", "Fri 2026-06-05 16:00");
    check(&office(), RULES, "2026-06-08 10:00", "1 working hour", "Mon 2026-06-08 09:00");
    check(&office(), RULES, "2026-06-07 10:00", "30 working minutes", "Fri 2026-06-05 16:30");
}

#[test]
fn nothing_lies_before_1970() {
    for term in ["10 working days", "1 month", "11 calendar days", "400 working hours"] {
        check(&office(), CLOSE, "1970-01-10 17:00", term, "OutOfRange");
    }
    let never = Calendar::build(plan("Europe/Amsterdam", Default::default()));
    check(&never, CLOSE, "2026-06-01 10:00", "1 working hour", "NeverOpen");
}

#[test]
fn a_share_of_a_term_is_rounded_down_in_its_own_unit() {
    let check = |rules, within, percent, expected| {
        check_percent(rules, within, &[], None, percent, expected);
    };
    check(CLOSE, "10 working days", 75, "Wed 2026-06-10 17:00");
    check(CLOSE, "10 working days", 5, "Mon 2026-06-01 10:00");
    check(CLOSE, "10 working days", 100, "Mon 2026-06-15 17:00");
    check(MIDNIGHT, "8 weeks", 50, "Mon 2026-06-29 23:59:59.999");
    check(RULES, "10 hours", 75, "Mon 2026-06-01 17:30");
    check(RULES, "10 working hours", 75, "Tue 2026-06-02 09:30");
    check(RULES, "min(10 hours, 3 working hours)", 50, "Mon 2026-06-01 11:30");
    check(CLOSE, "promptly", 50, "none");
}

#[test]
fn a_share_that_falls_on_a_closed_day_does_not_roll() {
    let rules = Rules { roll: Roll::Forward, ..MIDNIGHT };
    check_percent(rules, "12 calendar days", &[], None, 50, "Sun 2026-06-07 23:59:59.999");
    check_percent(rules, "12 calendar days", &[], None, 100, "Mon 2026-06-15 23:59:59.999");
}

#[test]
fn a_share_never_lies_after_a_due_date_that_was_rolled_back() {
    let rules = Rules { roll: Roll::Back, ..MIDNIGHT };
    check_percent(rules, "6 calendar days", &[], None, 100, "Fri 2026-06-05 23:59:59.999");
    check_percent(rules, "6 calendar days", &[], None, 85, "Fri 2026-06-05 23:59:59.999");
    check_percent(rules, "6 calendar days", &[], None, 50, "Thu 2026-06-04 23:59:59.999");
}

#[test]
fn a_share_counts_extensions_and_pauses() {
    let check = |within, additions: &[&str], pause, percent, expected| {
        check_percent(CLOSE, within, additions, pause, percent, expected);
    };
    check("5 working days", &["5 working days"], None, 80, "Thu 2026-06-11 17:00");
    let pause = Some(("2026-06-02 10:00", "2026-06-04 10:00"));
    check("5 working days", &[], pause, 40, "Fri 2026-06-05 17:00");
    let open = Some(("2026-06-04 10:00", ""));
    check("5 working days", &[], open, 40, "Wed 2026-06-03 17:00");
    check("5 working days", &[], open, 60, "none");
    // Of 1 June to 17 June, which is 16 days, half.
    check("1 week", &["7 working days"], None, 50, "Tue 2026-06-09 17:00");
    check("2026-06-11", &[], None, 50, "Sat 2026-06-06 23:59:59.999");
}
