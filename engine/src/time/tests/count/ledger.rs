use crate::time::tests::CLOSE;
use crate::time::tests::Case;
use crate::time::tests::MIDNIGHT;
use crate::time::tests::RULES;
use crate::time::tests::holiday;
use crate::time::tests::plan;
use crate::time::tests::weekdays;
use crate::time::*;

fn calendar() -> Calendar {
    let mut plan = plan("Europe/Amsterdam", weekdays(&["09:00-17:00"]));
    plan.closed = vec![
        holiday("Good Friday", parse_on("easter - 2 days").unwrap()),
        holiday("Easter Monday", parse_on("easter + 1 day").unwrap()),
    ];
    Calendar::build(plan)
}

#[track_caller]
fn check(case: Case<'_>, expected: &str) {
    let calendar = calendar();
    assert_eq!(sentence(&case.ledger(&calendar), &calendar), expected);
}

#[test]
fn working_days_are_numbered_and_closed_days_have_their_names() {
    check(
        Case::new(CLOSE, "2026-03-30 16:20", "10 working days"),
        "10 working days after Mon 30 Mar: 31 Mar (1) 1 Apr (2) 2 (3) · 3 Apr Good Friday · \
         4–5 Apr weekend · 6 Apr Easter Monday · 7 Apr (4) 8 (5) 9 (6) 10 (7) · \
         11–12 Apr weekend · 13 Apr (8) 14 (9) 15 (10) · due Wed 15 Apr 17:00",
    );
}

#[test]
fn a_weekday_without_hours_is_said_to_be_closed() {
    let mut week = weekdays(&["09:00-17:00"]);
    week[0].clear();
    let calendar = Calendar::build(plan("Europe/Amsterdam", week));
    let case = Case::new(CLOSE, "2026-03-05 10:00", "3 working days");
    assert_eq!(
        sentence(&case.ledger(&calendar), &calendar),
        "3 working days after Thu 5 Mar: 6 Mar (1) · 7–8 Mar weekend · 9 Mar Monday closed · \
         10 Mar (2) 11 (3) · due Wed 11 Mar 17:00",
    );
}

#[test]
fn long_runs_and_long_workings_are_shortened_but_keep_what_is_special() {
    check(
        Case::new(MIDNIGHT, "2026-04-01 10:00", "8 weeks"),
        "8 weeks after Wed 1 Apr: 2 Apr (1) 3 (2) … 27 May (56) · due Wed 27 May 23:59:59.999",
    );
    check(
        Case {
            pauses: &[("2026-05-20 12:00", "2026-05-21 12:00")],
            ..Case::new(CLOSE, "2026-03-30 16:20", "60 working days")
        },
        "60 working days after Mon 30 Mar: 31 Mar (1) 1 Apr (2) 2 (3) · 3 Apr Good Friday · \
         4–5 Apr weekend · 6 Apr Easter Monday · … · 20 May paused · … · \
         15 Jun (52) 16 (53) 17 (54) 18 (55) 19 (56) · 20–21 Jun weekend · \
         22 Jun (57) 23 (58) 24 (59) 25 (60) · due Thu 25 Jun 17:00",
    );
}

#[test]
fn a_year_is_named_when_it_changes() {
    check(
        Case::new(CLOSE, "2026-12-30 10:00", "2 working days"),
        "2 working days after Wed 30 Dec: 31 Dec (1) 1 Jan 2027 (2) · due Fri 1 Jan 17:00",
    );
}

#[test]
fn hours_are_shown_in_stretches() {
    check(
        Case {
            pauses: &[("2026-06-02 09:30", "2026-06-02 10:30")],
            ..Case::new(RULES, "2026-06-01 15:30", "4 working hours")
        },
        "4 working hours from Mon 1 Jun 15:30: Mon 1 Jun 15:30–17:00 (1 h 30 min) · \
         Tue 2 Jun 09:00–09:30 (30 min) · paused Tue 2 Jun 09:30–Tue 2 Jun 10:30 · \
         Tue 2 Jun 10:30–12:30 (2 h) · due Tue 2 Jun 12:30",
    );
}

#[test]
fn rolling_clamping_choosing_extending_and_moving_are_said() {
    let rolled = Rules { roll: Roll::Forward, ..MIDNIGHT };
    check(
        Case::new(rolled, "2026-01-31 10:00", "1 month"),
        "1 month after Sat 31 Jan: the month ends on Sat 28 Feb · 1 Feb (1) 2 (2) … 28 (28) · \
         Sat 28 Feb is closed (Saturday), moved to Mon 2 Mar · due Mon 2 Mar 23:59:59.999",
    );
    check(
        Case::new(CLOSE, "2026-06-01 10:00", "min(1 week, 1 working day)"),
        "1 working day decides · 1 working day after Mon 1 Jun: 2 Jun (1) · due Tue 2 Jun 17:00",
    );
    check(
        Case {
            additions: &["1 working day"],
            ..Case::new(CLOSE, "2026-06-01 10:00", "1 working day")
        },
        "1 working day after Mon 1 Jun: 2 Jun (1) · \
         extended by 1 working day after Tue 2 Jun: 3 Jun (1) · due Wed 3 Jun 17:00",
    );
    let moved = Rules { outside_hours: OutsideHours::NextWorkingDay, ..CLOSE };
    check(
        Case::new(moved, "2026-06-06 10:00", "1 working day"),
        "Sat 6 Jun 10:00 is outside the hours, counts from Mon 8 Jun 09:00 · \
         1 working day after Mon 8 Jun: 9 Jun (1) · due Tue 9 Jun 17:00",
    );
    check(
        Case::new(RULES, "2026-03-28 02:30", "1 calendar day"),
        "1 calendar day after Sat 28 Mar: 29 Mar (1) · \
         that time does not exist on this date, moved to Sun 29 Mar 03:30 · due Sun 29 Mar 03:30",
    );
}

#[test]
fn a_paused_clock_and_a_duty_without_a_term_say_so() {
    check(
        Case {
            pauses: &[("2026-06-02 10:00", "")],
            ..Case::new(CLOSE, "2026-06-01 10:00", "3 working days")
        },
        "3 working days after Mon 1 Jun: 2 Jun paused · paused: no due instant",
    );
    check(Case::new(CLOSE, "2026-06-01 10:00", "promptly"), "promptly, without a counted term");
}
