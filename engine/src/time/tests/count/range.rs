use crate::time::tests::CLOSE;
use crate::time::tests::Case;
use crate::time::tests::MIDNIGHT;
use crate::time::tests::RULES;
use crate::time::tests::daily;
use crate::time::tests::plan;
use crate::time::tests::weekdays;
use crate::time::*;

fn office() -> Calendar {
    Calendar::build(plan("Europe/Amsterdam", weekdays(&["09:00-17:00"])))
}

#[track_caller]
fn check(calendar: &Calendar, case: Case<'_>, expected: &str) {
    assert_eq!(case.due(calendar), expected);
}

#[test]
fn a_count_that_leaves_the_years_of_a_calendar_is_an_error() {
    let rolled = Rules { roll: Roll::Forward, ..CLOSE };
    let last = |rules, term| Case::new(rules, "2169-12-29 10:00", term);
    check(&office(), last(CLOSE, "1 working day"), "OutOfRange");
    check(&office(), last(RULES, "3 calendar days"), "OutOfRange");
    check(&office(), last(rolled, "1 calendar day"), "OutOfRange");
    check(&office(), last(CLOSE, "2 calendar days"), "Sun 2169-12-31 23:59:59.999");
    for term in
        ["100 years", "1200 months", "876600 hours", "52600000 minutes", "876600 working hours"]
    {
        check(&office(), last(CLOSE, term), "OutOfRange");
    }
    check(&office(), Case::new(CLOSE, "1969-12-31 10:00", "1 week"), "OutOfRange");
    let message = "the term does not lie between 1970-01-01 and 2169-12-31";
    assert_eq!(TimeError::OutOfRange.to_string(), message);
}

#[test]
fn starts_far_away_break_nothing() {
    let allowance = parse_allowance("1 working day").unwrap();
    for at in [i64::MIN, i64::MAX, 9_000_000_000_000_000] {
        let start = Start { at: Instant::from_ms(at), date_only: false, receipt: true };
        let base = Base::Allowance(&allowance);
        let course = Course { start, base, additions: &[], pauses: &[] };
        assert_eq!(due(&office(), CLOSE, &course), Err(TimeError::OutOfRange));
        let term = parse_term("100 years").unwrap();
        assert_eq!(
            before(&office(), CLOSE, Instant::from_ms(at), term),
            Err(TimeError::OutOfRange)
        );
        assert_eq!(
            elapsed(&office(), Instant::from_ms(0), Instant::from_ms(at), &[]).actual_ms,
            at.max(0)
        );
    }
    let base = Base::Date(NaiveDate::MAX);
    let start = Start { at: Instant::from_ms(0), date_only: false, receipt: true };
    let course = Course { start, base, additions: &[], pauses: &[] };
    assert_eq!(due(&office(), CLOSE, &course), Err(TimeError::OutOfRange));
}

#[test]
fn the_day_of_the_event_counts_under_same_unless_it_had_ended() {
    let same = |ends| Rules { first_day: FirstDay::Same, ends, ..CLOSE };
    let case = |rules, start, term| Case::new(rules, start, term);
    check(
        &office(),
        case(same(Ends::Close), "2026-06-01 10:00", "5 working days"),
        "Fri 2026-06-05 17:00",
    );
    check(
        &office(),
        case(same(Ends::Close), "2026-06-01 17:00", "1 working day"),
        "Mon 2026-06-01 17:00",
    );
    check(
        &office(),
        case(same(Ends::Close), "2026-06-01 17:01", "1 working day"),
        "Tue 2026-06-02 17:00",
    );
    check(
        &office(),
        case(same(Ends::Midnight), "2026-06-01 17:01", "1 working day"),
        "Mon 2026-06-01 23:59:59.999",
    );
    check(
        &office(),
        case(same(Ends::Midnight), "2026-06-06 10:00", "1 working day"),
        "Mon 2026-06-08 23:59:59.999",
    );
    check(
        &office(),
        case(same(Ends::Midnight), "2026-06-01 10:00", "8 weeks"),
        "Sun 2026-07-26 23:59:59.999",
    );
    check(
        &office(),
        case(same(Ends::Exact), "2026-06-01 10:00", "1 working day"),
        "Tue 2026-06-02 10:00",
    );
}

/// BGB section 188 and Regulation 1182/71 article 3: a period that counts its first day ends the day
/// before the one with its number, or with the last day of a month that has none.
#[test]
fn months_that_count_their_first_day_end_no_day_too_early() {
    let same = Rules { first_day: FirstDay::Same, ends: Ends::Midnight, ..CLOSE };
    let due = |start, term, due: &str| {
        check(&office(), Case::new(same, start, term), &format!("{due} 23:59:59.999"));
    };
    due("2026-01-15 10:00", "6 months", "Tue 2026-07-14");
    due("2026-01-28 10:00", "1 month", "Fri 2026-02-27");
    due("2026-01-29 10:00", "1 month", "Sat 2026-02-28");
    due("2026-01-31 10:00", "1 month", "Sat 2026-02-28");
    due("2026-02-01 10:00", "1 month", "Sat 2026-02-28");
    due("2026-03-31 10:00", "6 months", "Wed 2026-09-30");
    due("2026-08-31 10:00", "6 months", "Sun 2027-02-28");
    due("2024-02-29 10:00", "1 year", "Fri 2025-02-28");
}

#[test]
fn receipt_outside_hours_counts_from_the_next_opening() {
    let moved = |rules| Rules { outside_hours: OutsideHours::NextWorkingDay, ..rules };
    let case = |rules, start, term| Case::new(moved(rules), start, term);
    // Before opening it is the same day, after closing the next working day.
    check(&office(), case(CLOSE, "2026-06-01 08:59", "1 working day"), "Tue 2026-06-02 17:00");
    check(&office(), case(CLOSE, "2026-06-01 16:59", "1 working day"), "Tue 2026-06-02 17:00");
    check(&office(), case(CLOSE, "2026-06-01 17:00", "1 working day"), "Wed 2026-06-03 17:00");
    check(&office(), case(CLOSE, "2026-06-05 18:00", "1 calendar day"), "Tue 2026-06-09 17:00");
    check(&office(), case(RULES, "2026-06-06 10:00", "2 hours"), "Mon 2026-06-08 11:00");
    check(&office(), case(MIDNIGHT, "2026-06-06", "1 working day"), "Tue 2026-06-09 23:59:59.999");
    check(&office(), case(MIDNIGHT, "2026-06-05", "1 working day"), "Mon 2026-06-08 23:59:59.999");
    let night = Calendar::build(plan("Europe/Amsterdam", daily(&["22:00-06:00"])));
    check(&night, case(RULES, "2026-06-02 05:00", "1 working hour"), "Tue 2026-06-02 06:00");
    check(&night, case(RULES, "2026-06-02 06:00", "1 working hour"), "Tue 2026-06-02 23:00");
}

#[test]
fn a_start_known_by_its_date_counts_from_that_day() {
    let case = |rules, term| Case::new(rules, "2026-06-01", term);
    check(&office(), case(CLOSE, "2 working days"), "Wed 2026-06-03 17:00");
    check(&office(), case(RULES, "2 working days"), "Wed 2026-06-03 23:59:59.999");
    check(&office(), case(RULES, "24 hours"), "Tue 2026-06-02 00:00");
    check(&office(), case(RULES, "1 working hour"), "Mon 2026-06-01 10:00");
}

#[test]
fn a_pause_and_the_end_of_a_day_meet_exactly() {
    let case = |pauses| Case { pauses, ..Case::new(CLOSE, "2026-06-01 10:00", "1 working day") };
    // Paused at `from`, running at `to`.
    check(&office(), case(&[("2026-06-02 17:00", "2026-06-03 09:00")]), "Wed 2026-06-03 17:00");
    check(&office(), case(&[("2026-06-02 09:00", "2026-06-02 17:00")]), "Tue 2026-06-02 17:00");
    let hours = |pauses| Case { pauses, ..Case::new(RULES, "2026-06-01 10:00", "2 working hours") };
    check(&office(), hours(&[("2026-06-01 12:00", "2026-06-01 15:00")]), "Mon 2026-06-01 15:00");
    check(&office(), hours(&[("2026-06-01 12:00", "")]), "paused, Some(Ms(0))");
}

#[test]
fn a_paused_term_that_ends_on_a_closed_day_rolls_to_a_day_on_which_it_runs() {
    let rolled = Rules { roll: Roll::Forward, ..CLOSE };
    let case = |pauses| Case { pauses, ..Case::new(rolled, "2026-06-05 10:00", "1 calendar day") };
    check(&office(), case(&[]), "Mon 2026-06-08 17:00");
    check(&office(), case(&[("2026-06-08 09:00", "2026-06-09 12:00")]), "Tue 2026-06-09 17:00");
    check(&office(), case(&[("2026-06-08 09:00", "")]), "paused, Some(Days(0))");
    let back =
        Case { rules: Rules { roll: Roll::Back, ..CLOSE }, start: "2026-06-06 10:00", ..case(&[]) };
    check(&office(), back, "Sun 2026-06-07 23:59:59.999");
    // Friday's close lies before the start on Friday evening, so there is nothing to roll back to.
    let evening = Case { start: "2026-06-05 18:00", ..back };
    check(&office(), evening, "Sat 2026-06-06 23:59:59.999");
    check(&office(), Case { start: "2026-06-05 16:00", ..back }, "Fri 2026-06-05 17:00");
}

#[test]
fn the_shorter_and_the_longer_of_two_terms() {
    let case = |within| Case::new(CLOSE, "2026-06-01 10:00", within);
    check(&office(), case("min(1 week, 3 working days)"), "Thu 2026-06-04 17:00");
    check(&office(), case("max(1 week, 3 working days)"), "Mon 2026-06-08 17:00");
    let paused = |within| Case { pauses: &[("2026-06-05 10:00", "")], ..case(within) };
    check(&office(), paused("min(1 week, 3 working days)"), "Thu 2026-06-04 17:00");
    check(&office(), paused("max(1 week, 3 working days)"), "paused, Some(Days(4))");
}
