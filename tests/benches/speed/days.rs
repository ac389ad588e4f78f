//! "20 working days" once the calendar is built, beside the loop that asks day after day.

use std::hint::black_box;

use engine::machine::Machine;
use engine::time::{
    Allowance, Base, Calendar, Course, Instant, OutsideHours, Rules, Start, Term, Unit, due,
};

use crate::{row, timed};

/// 1 January 2026, 10:00 in Amsterdam.
const BEGIN: i64 = 1_767_258_000_000;
const DAY_MS: i64 = 86_400_000;

pub(crate) fn days(machine: &Machine, rounds: usize) {
    let calendar = machine.protocol.calendars.first().expect("a calendar");
    let as_is = machine.protocol.counts;
    let moved = Rules { outside_hours: OutsideHours::NextWorkingDay, ..as_is };
    let quick = |rules: Rules| each_day(rounds, |at| counted(calendar, rules, at));
    let (plain, moving) = (quick(as_is), quick(moved));
    let slow = each_day(rounds / 10, |at| walked(calendar, at));
    row("20 working days", plain, &format!("day by day {slow:.0} ns (wanted under 200)"));
    row("  from the next opening", moving, "the same for what comes in outside hours");
    for day in 0..365 {
        let at = Instant::from_ms(BEGIN + day * DAY_MS);
        assert_eq!(counted(calendar, as_is, at), walked(calendar, at), "on day {day}");
    }
}

/// The mean over all starts of a year.
fn each_day(rounds: usize, mut count: impl FnMut(Instant) -> i64) -> f64 {
    let mut day = 0;
    timed(rounds, || {
        day = (day + 1) % 365;
        count(black_box(Instant::from_ms(BEGIN + day * DAY_MS))) != 0
    })
}

fn counted(calendar: &Calendar, rules: Rules, at: Instant) -> i64 {
    let allowance = Allowance::Term(Term { amount: 20, unit: Unit::WorkingDays });
    let start = Start { at, date_only: false, receipt: true };
    let base = Base::Allowance(&allowance);
    let course = Course { start, base, additions: &[], pauses: &[] };
    let end = due(calendar, rules, &course).expect("the calendar knows these years");
    end.at.expect("an end").ms()
}

/// The loop that everybody writes first.
fn walked(calendar: &Calendar, at: Instant) -> i64 {
    let zone = calendar.zone();
    let mut date = zone.civil(at).date();
    let mut left = 20;
    while left > 0 {
        date = date.succ_opt().expect("a date");
        if calendar.is_working_day(date) {
            left -= 1;
        }
    }
    let close = calendar.windows(date).last().expect("a working day has a window").close_minute;
    let midnight = date.and_time(chrono::NaiveTime::MIN);
    let close = midnight + chrono::TimeDelta::minutes(i64::from(close));
    zone.instant(close, engine::time::Twice::Later).at.ms()
}
