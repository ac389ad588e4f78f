use crate::time::tests::at;
use crate::time::tests::plan;
use crate::time::tests::weekdays;
use crate::time::*;

/// Working and actual minutes between two times in Amsterdam, weekdays 09:00–17:00.
#[track_caller]
fn check(from: &str, to: &str, pauses: &[(&str, &str)], expected: (i64, i64)) {
    let calendar = Calendar::build(plan("Europe/Amsterdam", weekdays(&["09:00-17:00"])));
    let at = |text| at(&calendar, text);
    let pauses: Vec<Pause> = pauses
        .iter()
        .map(|(from, to)| Pause { from: at(from), to: (!to.is_empty()).then(|| at(to)) })
        .collect();
    let span = elapsed(&calendar, at(from), at(to), &pauses);
    assert_eq!((span.working_ms / 60_000, span.actual_ms / 60_000), expected);
}

#[test]
fn only_windows_are_working_time() {
    check("2026-06-01 16:30", "2026-06-02 09:15", &[], (45, 16 * 60 + 45));
    check("2026-06-06 10:00", "2026-06-07 10:00", &[], (0, 24 * 60));
    check("2026-06-02 10:00", "2026-06-02 10:00", &[], (0, 0));
    check("2026-06-02 10:00", "2026-06-01 10:00", &[], (0, 0));
}

#[test]
fn a_day_of_23_hours_has_23_hours() {
    check("2026-03-29 00:00", "2026-03-30 00:00", &[], (0, 23 * 60));
    check("2026-10-25 00:00", "2026-10-26 00:00", &[], (0, 25 * 60));
}

#[test]
fn pauses_are_left_out_of_both() {
    let pause = ("2026-06-01 16:00", "2026-06-02 10:00");
    check("2026-06-01 15:00", "2026-06-02 11:00", &[pause], (120, 120));
    check("2026-06-01 15:00", "2026-06-02 11:00", &[("2026-06-01 16:00", "")], (60, 60));
}
