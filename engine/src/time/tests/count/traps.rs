//! Mistakes that users of other products met, each with its exact expected date.
//!
//! W is Monday to Friday 09:00–17:00, L 08:00–18:00, EW the bank holidays of England and Wales.
//! The zone is Europe/Stockholm unless said. 2026-06-01 is a Monday.

use crate::time::tests::*;
use crate::time::*;

const STOCKHOLM: &str = "Europe/Stockholm";

fn w() -> Calendar {
    Calendar::build(plan(STOCKHOLM, weekdays(&["09:00-17:00"])))
}

fn l() -> Calendar {
    Calendar::build(plan(STOCKHOLM, weekdays(&["08:00-18:00"])))
}

fn around_the_clock(zone: &str) -> Calendar {
    Calendar::build(plan(zone, daily(&["00:00-24:00"])))
}

/// Weekdays 09:00–17:00 in London without the eight bank holidays of 2026.
fn ew() -> Calendar {
    let mut plan = plan("Europe/London", weekdays(&["09:00-17:00"]));
    let days = ["01-01", "04-03", "04-06", "05-04", "05-25", "08-31", "12-25", "12-28"];
    plan.closed =
        days.iter().map(|day| holiday(day, On::Date(date(&format!("2026-{day}"))))).collect();
    Calendar::build(plan)
}

#[track_caller]
fn check(calendar: &Calendar, case: Case<'_>, expected: &str) {
    assert_eq!(case.due(calendar), expected);
}

#[track_caller]
fn check_before(calendar: &Calendar, rules: Rules, due: &str, term: &str, expected: &str) {
    let warned = before(calendar, rules, at(calendar, due), parse_term(term).unwrap());
    assert_eq!(shown(calendar, warned.unwrap()), expected);
}

#[test]
fn a1_a_warning_an_hour_before_counts_back_inside_the_windows() {
    let case = Case::new(RULES, "2026-06-01 17:00", "4 working hours");
    check(&l(), case, "Tue 2026-06-02 11:00");
    check_before(&l(), RULES, "2026-06-02 11:00", "1 working hour", "Tue 2026-06-02 10:00");
}

#[test]
fn a2_a_warning_counts_back_over_the_night() {
    let term = "210 working minutes";
    check_before(&l(), RULES, "2026-06-02 11:00", term, "Mon 2026-06-01 17:30");
}

#[test]
fn a3_a_warning_in_days_is_that_many_days_earlier_and_not_at_the_start() {
    for rules in [RULES, CLOSE, MIDNIGHT] {
        let limit = |days| Case::new(rules, "2026-06-01 10:00", days).due(&w());
        let due = limit("30 working days");
        let due_text = due.split_once(' ').unwrap().1;
        check_before(&w(), rules, due_text, "10 working days", &limit("20 working days"));
    }
    let case = Case::new(CLOSE, "2026-06-01 10:00", "30 working days");
    check(&w(), case, "Mon 2026-07-13 17:00");
    check_before(&w(), CLOSE, "2026-07-13 17:00", "10 working days", "Mon 2026-06-29 17:00");
}

#[test]
fn a4_hours_carry_over_the_weekend() {
    let case = Case::new(RULES, "2026-06-05 16:00", "8 working hours");
    check(&w(), case, "Mon 2026-06-08 16:00");
}

#[test]
fn a5_only_what_is_closed_is_skipped_and_each_skipped_day_has_its_name() {
    let mut plan = plan(STOCKHOLM, daily(&["09:00-21:00"]));
    let case = Case::new(RULES, "2016-11-09 23:00", "48 working hours");
    check(&Calendar::build(plan.clone()), case, "Sun 2016-11-13 21:00");
    plan.closed = vec![
        holiday("Armistice Day", On::Date(date("2016-11-11"))),
        holiday("Remembrance Day", On::Date(date("2016-11-13"))),
    ];
    let closed = Calendar::build(plan);
    check(&closed, case, "Tue 2016-11-15 21:00");
    let named: Vec<(NaiveDate, String)> = case
        .ledger(&closed)
        .entries
        .into_iter()
        .filter_map(|entry| match entry {
            Entry::Day { on, what: DayWhat::Closed(name) } => Some((on, name)),
            _ => None,
        })
        .collect();
    let expected = [("2016-11-11", "Armistice Day"), ("2016-11-13", "Remembrance Day")];
    assert_eq!(named, expected.map(|(on, name)| (date(on), name.to_owned())));
}

#[test]
fn a6_around_the_clock_loses_no_minute_at_midnight() {
    let case = Case::new(RULES, "2026-06-01 23:30", "60 working minutes");
    check(&around_the_clock(STOCKHOLM), case, "Tue 2026-06-02 00:30");
    let meant = Window { open_minute: 0, close_minute: 1_440 };
    assert_eq!(parse_window("00:00-23:59"), Err(WindowFault::AlmostMidnight { meant }));
}

#[test]
fn a7_a_week_that_never_opens_ends_the_search_at_once() {
    let never = Calendar::build(plan(STOCKHOLM, Default::default()));
    for term in ["1 working hour", "1 working minute", "1 working day"] {
        check(&never, Case::new(CLOSE, "2026-06-01 09:00", term), "NeverOpen");
    }
    let rolled = Rules { roll: Roll::Forward, ..CLOSE };
    check(&never, Case::new(rolled, "2026-06-01 09:00", "1 week"), "NeverOpen");
    let moved = Rules { outside_hours: OutsideHours::NextWorkingDay, ..CLOSE };
    check(&never, Case::new(moved, "2026-06-01 09:00", "1 hour"), "NeverOpen");
    assert!(matches!(parse_window("09:00-00:00"), Err(WindowFault::EndsAtZero { .. })));
    assert!(matches!(parse_window("17:00-09:00"), Err(WindowFault::Reversed { .. })));
    assert!(matches!(parse_window("09:00-09:00"), Err(WindowFault::Empty { .. })));
}

#[test]
fn a9_lunch_break_is_not_working_time() {
    let calendar = Calendar::build(plan(STOCKHOLM, weekdays(&["08:00-12:00", "13:30-18:00"])));
    check(
        &calendar,
        Case::new(RULES, "2026-06-01 12:30", "1 working hour"),
        "Mon 2026-06-01 14:30",
    );
}

#[test]
fn a11_received_outside_hours_has_working_and_actual_time() {
    let calendar = w();
    let span = elapsed(
        &calendar,
        at(&calendar, "2026-06-06 10:00"),
        at(&calendar, "2026-06-08 09:30"),
        &[],
    );
    assert_eq!(span, Elapsed { working_ms: 30 * 60_000, actual_ms: (47 * 60 + 30) * 60_000 });
}

#[test]
fn a12_a_budget_used_up_at_closing_is_due_at_closing() {
    check(&w(), Case::new(RULES, "2026-06-01 09:00", "8 working hours"), "Mon 2026-06-01 17:00");
}

#[test]
fn a13_the_due_instant_is_the_last_one_in_time_under_each_way_of_ending() {
    let case = |rules| Case::new(rules, "2026-06-01 10:00", "1 working day");
    check(&w(), case(CLOSE), "Tue 2026-06-02 17:00");
    check(&w(), case(MIDNIGHT), "Tue 2026-06-02 23:59:59.999");
    check(&w(), case(RULES), "Tue 2026-06-02 10:00");
}

#[test]
fn a14_sixteen_hours_two_days_and_forty_eight_hours_are_three_things() {
    let case = |term| Case::new(RULES, "2026-06-01 09:00", term);
    check(&w(), case("16 working hours"), "Tue 2026-06-02 17:00");
    check(&w(), case("2 working days"), "Wed 2026-06-03 09:00");
    check(&w(), case("48 hours"), "Wed 2026-06-03 09:00");
    assert_eq!(parse_term("2 days"), Err(TermFault::BareDays { amount: Some(2) }));
}

#[test]
fn a15_around_the_clock_is_a_calendar_that_has_to_be_written() {
    let case = Case::new(RULES, "2026-06-05 16:00", "8 working hours");
    check(&around_the_clock(STOCKHOLM), case, "Sat 2026-06-06 00:00");
    check(&Calendar::build(plan(STOCKHOLM, Default::default())), case, "NeverOpen");
}

#[test]
fn a16_months_end_with_their_last_day() {
    let case = |start, term| Case::new(RULES, start, term);
    check(&w(), case("2025-08-31 12:00", "6 months"), "Sat 2026-02-28 12:00");
    check(&w(), case("2026-01-31 12:00", "1 month"), "Sat 2026-02-28 12:00");
    check(&w(), case("2024-01-31 12:00", "1 month"), "Thu 2024-02-29 12:00");
    check(&w(), case("2024-02-29 12:00", "1 year"), "Fri 2025-02-28 12:00");
    let due = case("2026-01-31 12:00", "1 month").run(&w(), &mut Silent).unwrap();
    assert!(due.clamped);
}

#[test]
fn b1_a_spring_day_is_civil_and_24_hours_are_elapsed() {
    let case = |term| Case::new(RULES, "2026-03-28 12:00", term);
    check(&w(), case("24 hours"), "Sun 2026-03-29 13:00");
    check(&w(), case("1 calendar day"), "Sun 2026-03-29 12:00");
}

#[test]
fn b2_an_autumn_day_is_civil_and_24_hours_are_elapsed() {
    let case = |term| Case::new(RULES, "2026-10-24 12:00", term);
    check(&w(), case("24 hours"), "Sun 2026-10-25 11:00");
    check(&w(), case("1 calendar day"), "Sun 2026-10-25 12:00");
}

#[test]
fn b3_a_time_that_does_not_exist_moves_by_the_gap_and_is_noted() {
    let case = Case::new(RULES, "2026-03-28 02:30", "1 calendar day");
    check(&w(), case, "Sun 2026-03-29 03:30");
    let due = case.run(&w(), &mut Silent).unwrap();
    assert_eq!(due.at.unwrap().to_string(), "2026-03-29T01:30:00Z");
    assert_eq!(due.note, CivilNote::Skipped);
    let noted = |entry: &Entry| matches!(entry, Entry::Moved { note: CivilNote::Skipped, .. });
    assert!(case.ledger(&w()).entries.iter().any(noted));
}

#[test]
fn b4_a_time_that_occurs_twice_is_the_one_the_rule_names() {
    for (twice, expected) in
        [(Twice::Earlier, "2026-10-25T00:30:00Z"), (Twice::Later, "2026-10-25T01:30:00Z")]
    {
        let case = Case::new(Rules { twice, ..RULES }, "2026-10-24 02:30", "1 calendar day");
        let due = case.run(&w(), &mut Silent).unwrap();
        assert_eq!(due.at.unwrap().to_string(), expected);
        assert_eq!(due.note, CivilNote::Repeated);
    }
}

#[test]
fn b6_an_old_case_keeps_the_offset_of_its_own_days() {
    let calendar = w();
    let span = elapsed(
        &calendar,
        at(&calendar, "2026-01-15 16:30"),
        at(&calendar, "2026-01-16 09:15"),
        &[],
    );
    assert_eq!(span.working_ms, 45 * 60_000);
}

#[test]
fn b9_a_zone_is_found_by_its_name_or_not_at_all() {
    for missing in ["", "Local", "localtime", "europe/stockholm", "CEST", "/etc/localtime"] {
        assert_eq!(Zone::find(missing), None);
    }
    // The variable TZ and the machine's files have no say: the winter offset is the known one.
    let zone = Zone::find(STOCKHOLM).unwrap();
    assert_eq!(zone.offset_seconds(Instant::from_ms(1_768_478_400_000)), 3_600);
}

#[test]
fn b10_the_day_of_receipt_is_that_of_the_declared_zone() {
    let stockholm = w();
    let helsinki = Calendar::build(plan("Europe/Helsinki", weekdays(&["09:00-17:00"])));
    let received = at(&stockholm, "2026-06-01 23:30");
    let due_in = |calendar: &Calendar| {
        let allowance = parse_allowance("1 working day").unwrap();
        let start = Start { at: received, date_only: false, receipt: true };
        let base = Base::Allowance(&allowance);
        let course = Course { start, base, additions: &[], pauses: &[] };
        shown(calendar, due(calendar, CLOSE, &course).unwrap().at.unwrap())
    };
    assert_eq!(due_in(&stockholm), "Tue 2026-06-02 17:00");
    assert_eq!(due_in(&helsinki), "Wed 2026-06-03 17:00");
}

#[test]
fn c1_a_pause_over_the_weekend_costs_only_working_time() {
    let case = Case::new(RULES, "2026-06-01 09:00", "40 working hours");
    check(&w(), case, "Fri 2026-06-05 17:00");
    let paused = Case { pauses: &[("2026-06-05 12:00", "2026-06-08 12:00")], ..case };
    check(&w(), paused, "Mon 2026-06-08 17:00");
}

#[test]
fn c2_a_shorter_term_keeps_earlier_pauses() {
    let case = Case {
        pauses: &[("2026-06-02 09:00", "2026-06-04 09:00")],
        ..Case::new(RULES, "2026-06-01 09:00", "16 working hours")
    };
    check(&w(), case, "Thu 2026-06-04 17:00");
}

#[test]
fn c3_a_case_that_begins_paused_has_used_nothing() {
    let open = Case {
        pauses: &[("2026-06-01 09:00", "")],
        ..Case::new(RULES, "2026-06-01 09:00", "8 working hours")
    };
    check(&w(), open, "paused, Some(Ms(28800000))");
    let ended = Case { pauses: &[("2026-06-01 09:00", "2026-06-03 09:00")], ..open };
    check(&w(), ended, "Wed 2026-06-03 17:00");
}

#[test]
fn c6_a_long_pause_leaves_the_remaining_budget_as_it_was() {
    let days = Case::new(CLOSE, "2026-06-01 10:00", "10 working days");
    check(&w(), days, "Mon 2026-06-15 17:00");
    // Two days were used (2 and 3 June); eight are left after thirty days.
    let paused = Case { pauses: &[("2026-06-04 10:00", "")], ..days };
    check(&w(), paused, "paused, Some(Days(8))");
    let resumed = Case { pauses: &[("2026-06-04 10:00", "2026-07-04 10:00")], ..days };
    check(&w(), resumed, "Wed 2026-07-15 17:00");
}

#[test]
fn c7_a_clock_that_cannot_be_paused_is_counted_without_pauses() {
    let case = Case::new(MIDNIGHT, "2026-06-01 10:00", "8 weeks");
    check(&w(), case, "Mon 2026-07-27 23:59:59.999");
}

#[test]
fn c8_a_pause_after_the_answer_leaves_the_elapsed_time() {
    let calendar = w();
    let at = |text| at(&calendar, text);
    let pause = Pause { from: at("2026-06-02 09:00"), to: Some(at("2026-06-03 09:00")) };
    let span = |pauses: &[Pause]| {
        elapsed(&calendar, at("2026-06-01 10:00"), at("2026-06-01 12:00"), pauses)
    };
    assert_eq!(span(&[pause]), span(&[]));
    assert_eq!(span(&[]).working_ms, 2 * 3_600_000);
}

#[test]
fn c10_a_pause_after_the_due_instant_changes_nothing() {
    let case = Case::new(CLOSE, "2026-06-01 10:00", "2 working days");
    check(&w(), case, "Wed 2026-06-03 17:00");
    check(&w(), Case { pauses: &[("2026-06-03 17:01", "")], ..case }, "Wed 2026-06-03 17:00");
}

#[test]
fn c11_an_agreed_date_does_not_move_with_a_pause() {
    let calendar = w();
    let start = Start { at: at(&calendar, "2026-06-01 10:00"), date_only: false, receipt: true };
    let pause = Pause { from: at(&calendar, "2026-06-02 10:00"), to: None };
    for (rules, expected) in [
        (CLOSE, "Fri 2026-06-05 17:00"),
        (MIDNIGHT, "Fri 2026-06-05 23:59:59.999"),
        (RULES, "Fri 2026-06-05 23:59:59.999"),
    ] {
        let base = Base::Date(date("2026-06-05"));
        let course = Course { start, base, additions: &[], pauses: &[pause] };
        assert_eq!(shown(&calendar, due(&calendar, rules, &course).unwrap().at.unwrap()), expected);
    }
}

#[test]
fn f1_the_day_of_receipt_is_not_counted_and_easter_is_skipped() {
    let case = Case::new(CLOSE, "2026-04-01 10:00", "3 working days");
    check(&ew(), case, "Wed 2026-04-08 17:00");
}

#[test]
fn f2_weeks_stay_weeks() {
    let case = Case::new(MIDNIGHT, "2026-04-01 10:00", "8 weeks");
    check(&ew(), case, "Wed 2026-05-27 23:59:59.999");
    check(
        &ew(),
        Case { rules: Rules { roll: Roll::Forward, ..MIDNIGHT }, ..case },
        &case.due(&ew()),
    );
}

#[test]
fn f3_fifteen_and_thirty_five_business_days() {
    let case = |term| Case::new(CLOSE, "2026-04-01 10:00", term);
    check(&ew(), case("15 working days"), "Fri 2026-04-24 17:00");
    check(&ew(), case("35 working days"), "Tue 2026-05-26 17:00");
}

#[test]
fn f4_the_answer_counts_from_the_acknowledgement() {
    check(&ew(), Case::new(CLOSE, "2026-04-01 10:00", "5 working days"), "Fri 2026-04-10 17:00");
    let answer = Case::new(CLOSE, "2026-04-07 11:00", "10 working days");
    check(&ew(), answer, "Tue 2026-04-21 17:00");
    check(&ew(), Case { additions: &["10 working days"], ..answer }, "Wed 2026-05-06 17:00");
    check(&ew(), Case::new(CLOSE, "2026-04-10 11:00", "10 working days"), "Fri 2026-04-24 17:00");
}

#[test]
fn f6_a_term_that_expires_on_a_sunday_rolls_only_if_the_rule_says_so() {
    let case = |roll| {
        let rules = Rules { roll, ..MIDNIGHT };
        Case::new(rules, "2026-05-29 10:00", "30 calendar days")
    };
    check(&w(), case(Roll::Forward), "Mon 2026-06-29 23:59:59.999");
    check(&w(), case(Roll::Back), "Fri 2026-06-26 23:59:59.999");
    check(&w(), case(Roll::None), "Sun 2026-06-28 23:59:59.999");
}

#[test]
fn f7_a_saturday_receipt_counts_from_monday_as_day_one_or_as_day_of_receipt() {
    let case = |outside_hours| {
        let rules = Rules { outside_hours, ..CLOSE };
        Case::new(rules, "2026-06-06 10:00", "5 working days")
    };
    check(&w(), case(OutsideHours::AsIs), "Fri 2026-06-12 17:00");
    check(&w(), case(OutsideHours::NextWorkingDay), "Mon 2026-06-15 17:00");
}
