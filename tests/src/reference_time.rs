//! When a term ends, found the slow way: minute by minute and day by day, straight from the
//! meaning of the words. It shares the engine's types, zones and windows and none of its counting.
//!
//! Every instant it is given lies on a whole minute; those it finds itself need not.

use chrono::Datelike;
use chrono::Days;
use chrono::TimeDelta;
use engine::time::Allowance;
use engine::time::Base;
use engine::time::Calendar;
use engine::time::Course;
use engine::time::Ends;
use engine::time::FirstDay;
use engine::time::Instant;
use engine::time::NaiveDate;
use engine::time::NaiveDateTime;
use engine::time::NaiveTime;
use engine::time::OutsideHours;
use engine::time::Pause;
use engine::time::Roll;
use engine::time::Rules;
use engine::time::Term;
use engine::time::Twice;
use engine::time::Unit;

/// Milliseconds in a minute, the step of this reading.
const STEP_MS: i64 = 60_000;

/// The due instant and the last day, as far as the clock has one.
pub type Found = Option<(Instant, NaiveDate)>;

/// A clock that is read minute by minute.
struct Clock<'a> {
    calendar: &'a Calendar,
    rules: Rules,
    pauses: &'a [Pause],
    /// When it starts, its day 0, and the time of day of its start if that is known.
    start: Instant,
    day_zero: NaiveDate,
    time: Option<NaiveTime>,
    first_day: FirstDay,
}

/// When a course is due; `None` while it is paused.
///
/// # Panics
/// For `promptly`, and outside the years a calendar knows; nobody asks that here.
#[must_use]
pub fn due(calendar: &Calendar, rules: Rules, course: &Course<'_>) -> Found {
    let mut clock = started(calendar, rules, course);
    let mut found = match course.base {
        Base::Date(date) => {
            clock.time = None;
            Some((clock.end_of(date), date))
        }
        Base::Allowance(Allowance::Term(term)) => clock.term(*term),
        Base::Allowance(Allowance::Min(terms)) => {
            let ends = terms.iter().map(|term| clock.term(*term));
            ends.flatten().reduce(|a, b| if b.0 < a.0 { b } else { a })
        }
        Base::Allowance(Allowance::Max(terms)) => {
            let ends: Option<Vec<_>> = terms.iter().map(|term| clock.term(*term)).collect();
            ends.and_then(|all| all.into_iter().reduce(|a, b| if b.0 > a.0 { b } else { a }))
        }
        Base::Allowance(Allowance::Promptly) => None,
    };
    for addition in course.additions {
        let (at, date) = found?;
        clock.start = at;
        clock.day_zero = date;
        clock.time = clock.time.map(|_| calendar.zone().civil(at).time());
        clock.first_day = FirstDay::Next;
        found = clock.term(*addition);
    }
    found
}

/// Minutes inside windows and minutes altogether between two instants, without the pauses.
#[must_use]
pub fn elapsed_minutes(
    calendar: &Calendar,
    from: Instant,
    to: Instant,
    pauses: &[Pause],
) -> (i64, i64) {
    let (mut working, mut actual) = (0, 0);
    let mut at = from;
    while at < to {
        if !is_paused(pauses, at) {
            actual += 1;
            working += i64::from(window_day(calendar, at).is_some());
        }
        at = after(at);
    }
    (working, actual)
}

/// The instant from which so many minutes inside windows pass until `until`.
#[must_use]
pub fn working_minutes_before(calendar: &Calendar, until: Instant, n_minutes: u32) -> Instant {
    let (mut at, mut n_left) = (until, n_minutes);
    while n_left > 0 {
        at = Instant::from_ms(at.ms() - STEP_MS);
        n_left -= u32::from(window_day(calendar, at).is_some());
    }
    at
}

/// The clock at its start, received at the next opening where the rule says so.
fn started<'a>(calendar: &'a Calendar, rules: Rules, course: &'a Course<'_>) -> Clock<'a> {
    let zone = calendar.zone();
    let moves = course.start.receipt && rules.outside_hours == OutsideHours::NextWorkingDay;
    let mut start = course.start.at;
    let mut day_zero = zone.civil(start).date();
    if course.start.date_only {
        while moves && !calendar.is_working_day(day_zero) {
            day_zero = tomorrow(day_zero);
        }
        start = zone.day_start(day_zero);
    } else if moves && window_day(calendar, start).is_none() {
        while window_day(calendar, start).is_none() {
            start = after(start);
        }
        day_zero = window_day(calendar, start).unwrap_or(day_zero);
    }
    let time = (!course.start.date_only).then(|| zone.civil(start).time());
    let (pauses, first_day) = (course.pauses, rules.first_day);
    Clock { calendar, rules, pauses, start, day_zero, time, first_day }
}

impl Clock<'_> {
    fn term(&self, term: Term) -> Found {
        let minutes = match term.unit {
            Unit::Minutes | Unit::WorkingMinutes => term.amount,
            Unit::Hours | Unit::WorkingHours => term.amount * 60,
            Unit::WorkingDays => return self.working_days(term.amount),
            _ => return self.civil_days(term),
        };
        let only_open = matches!(term.unit, Unit::WorkingMinutes | Unit::WorkingHours);
        self.minutes(minutes, only_open)
    }

    fn minutes(&self, n_minutes: u32, only_open: bool) -> Found {
        let mut at = self.start;
        let mut left_ms = i64::from(n_minutes) * STEP_MS;
        while left_ms > 0 {
            if self.never_runs_again(at) {
                return None;
            }
            let is_open = || window_day(self.calendar, at).is_some();
            let runs = !is_paused(self.pauses, at) && (!only_open || is_open());
            let there_ms = after(at).ms() - at.ms();
            let step_ms = if runs { there_ms.min(left_ms) } else { there_ms };
            left_ms -= if runs { step_ms } else { 0 };
            at = Instant::from_ms(at.ms() + step_ms);
        }
        while is_paused(self.pauses, at) {
            if self.never_runs_again(at) {
                return None;
            }
            at = after(at);
        }
        Some((at, self.calendar.zone().civil(at).date()))
    }

    fn working_days(&self, n_days: u32) -> Found {
        let (mut day, mut n_used) = (self.first_candidate(), 0);
        loop {
            if self.calendar.is_working_day(day) {
                let end = self.end_of(day);
                if self.runs_at(end) {
                    n_used += 1;
                } else if self.never_runs_again(end) {
                    return None;
                }
                if n_used == n_days {
                    return Some((end, day));
                }
            }
            day = tomorrow(day);
        }
    }

    /// The last day by the calendar alone; then one more for each day that was not consumed.
    fn civil_days(&self, term: Term) -> Found {
        let mut last = match term.unit {
            Unit::Weeks => self.day_zero + Days::new(7 * u64::from(term.amount)),
            Unit::Months => months_later(self.day_zero, term.amount),
            Unit::Years => months_later(self.day_zero, 12 * term.amount),
            _ => self.day_zero + Days::new(u64::from(term.amount)),
        };
        let mut day = self.first_candidate();
        // Day 0 counts: the term ends the day before, unless a month had no such day and was cut short.
        let is_months = matches!(term.unit, Unit::Months | Unit::Years);
        let is_cut = is_months && last.day() != self.day_zero.day();
        if day == self.day_zero && !is_cut {
            last = last - Days::new(1);
        }
        while day <= last {
            let end = self.end_of(day);
            if !self.runs_at(end) {
                if self.never_runs_again(end) {
                    return None;
                }
                last = tomorrow(last);
            }
            day = tomorrow(day);
        }
        self.rolled(last)
    }

    fn rolled(&self, last: NaiveDate) -> Found {
        let ends_well =
            |day: NaiveDate| self.calendar.is_working_day(day) && self.runs_at(self.end_of(day));
        let unmoved = Some((self.end_of(last), last));
        if self.calendar.is_working_day(last) {
            return unmoved;
        }
        let mut day = last;
        match self.rules.roll {
            Roll::None => unmoved,
            Roll::Forward => loop {
                day = tomorrow(day);
                if ends_well(day) {
                    return Some((self.end_of(day), day));
                }
                if self.calendar.is_working_day(day) && self.never_runs_again(self.end_of(day)) {
                    return None;
                }
            },
            Roll::Back => {
                while day > self.day_zero {
                    day = day - Days::new(1);
                    if ends_well(day) {
                        return Some((self.end_of(day), day));
                    }
                }
                unmoved
            }
        }
    }

    /// The first day that may count. That it must still end after the start is seen day by day.
    fn first_candidate(&self) -> NaiveDate {
        match self.first_day {
            FirstDay::Same if self.rules.ends != Ends::Exact => self.day_zero,
            _ => tomorrow(self.day_zero),
        }
    }

    fn runs_at(&self, at: Instant) -> bool {
        self.start <= at && !is_paused(self.pauses, at)
    }

    fn never_runs_again(&self, at: Instant) -> bool {
        self.pauses.iter().any(|pause| pause.from <= at && pause.to.is_none())
    }

    fn end_of(&self, day: NaiveDate) -> Instant {
        let zone = self.calendar.zone();
        match (self.rules.ends, self.time) {
            (Ends::Exact, Some(time)) => zone.instant(day.and_time(time), self.rules.twice).at,
            (Ends::Close, _) => match self.calendar.windows(day).last() {
                Some(window) => civil_minute(self.calendar, day, window.close_minute, Twice::Later),
                None => zone.day_last(day),
            },
            _ => zone.day_last(day),
        }
    }
}

fn is_paused(pauses: &[Pause], at: Instant) -> bool {
    pauses.iter().any(|pause| pause.from <= at && pause.to.is_none_or(|to| at < to))
}

/// The date to which the window belongs that is open at this instant.
fn window_day(calendar: &Calendar, at: Instant) -> Option<NaiveDate> {
    let today = calendar.zone().civil(at).date();
    [today - Days::new(1), today].into_iter().find(|day| {
        calendar.windows(*day).iter().any(|window| {
            let open = civil_minute(calendar, *day, window.open_minute, Twice::Earlier);
            let close = civil_minute(calendar, *day, window.close_minute, Twice::Later);
            open <= at && at < close
        })
    })
}

fn civil_minute(calendar: &Calendar, day: NaiveDate, minute: u16, twice: Twice) -> Instant {
    let civil: NaiveDateTime = day.and_time(NaiveTime::MIN) + TimeDelta::minutes(minute.into());
    calendar.zone().instant(civil, twice).at
}

fn months_later(day: NaiveDate, n_months: u32) -> NaiveDate {
    let month0 = day.month0() + n_months;
    let year = day.year() + i32::try_from(month0 / 12).unwrap_or(0);
    let on = |day_of_month| NaiveDate::from_ymd_opt(year, month0 % 12 + 1, day_of_month);
    (1..=day.day()).rev().find_map(on).unwrap_or(day)
}

fn tomorrow(day: NaiveDate) -> NaiveDate {
    day + Days::new(1)
}

/// The next whole minute. Nothing opens, closes, pauses or resumes in between.
fn after(at: Instant) -> Instant {
    Instant::from_ms((at.ms().div_euclid(STEP_MS) + 1) * STEP_MS)
}
