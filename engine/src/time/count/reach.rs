//! How many calendar days a term may take, whatever day it starts on: what can be said of two
//! terms before anything has happened.

use crate::time::calendar::Calendar;
use crate::time::calendar::LAST_DAY;
use crate::time::count::days::length_days;
use crate::time::count::rules::Ends;
use crate::time::count::rules::FirstDay;
use crate::time::count::rules::OutsideHours;
use crate::time::count::rules::Roll;
use crate::time::count::rules::Rules;
use crate::time::term::Term;
use crate::time::term::Unit;
use crate::time::zone::day_number;
use chrono::NaiveDate;

/// How many years of starts are looked at. Holidays come back with the week after 28, and the
/// shortest and the longest stretch of a calendar within a few.
const YEARS: i32 = 6;
const YEAR_DAYS: i32 = 366;
const MINUTES_OF_DAY: u32 = 1_440;
const HOURS_OF_DAY: u32 = 24;

/// The calendar days from the day on which a term starts to the day on which it ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reach {
    /// The fewest; 0 is the day of the start itself.
    pub least_days: u32,
    /// The most. `None` where nobody can say: working hours and minutes.
    pub most_days: Option<u32>,
}

/// How many calendar days a term takes when it starts on any day of the six years from `from` on,
/// with the holidays of the calendar. Nothing where the calendar never opens, or ends before the
/// term does.
#[must_use]
pub fn reach(calendar: &Calendar, rules: Rules, from: NaiveDate, term: Term) -> Option<Reach> {
    let first = day_number(from);
    let starts = first..first.saturating_add(YEARS.saturating_mul(YEAR_DAYS));
    let closed_days = || longest_closed(calendar, starts.clone());
    let early = u32::from(rules.first_day == FirstDay::Same && rules.ends != Ends::Exact);
    let waits = rules.outside_hours == OutsideHours::NextWorkingDay;
    let (least, most) = match term.unit {
        Unit::Minutes => (term.amount / MINUTES_OF_DAY, term.amount.div_ceil(MINUTES_OF_DAY)),
        Unit::Hours => (term.amount / HOURS_OF_DAY, term.amount.div_ceil(HOURS_OF_DAY)),
        Unit::WorkingMinutes | Unit::WorkingHours => {
            return Some(Reach { least_days: 0, most_days: None });
        }
        Unit::WorkingDays => working(calendar, starts.clone(), term.amount)?,
        Unit::CalendarDays | Unit::Weeks | Unit::Months | Unit::Years => {
            let lengths = starts.clone().map(|day| length_days(day, term).ok().map(|it| it.0));
            let (least, most) = range(lengths)?;
            let earlier = if rules.roll == Roll::Back { closed_days() } else { 0 };
            let later = if rules.roll == Roll::Forward { closed_days() } else { 0 };
            (least.saturating_sub(earlier), most.saturating_add(later))
        }
    };
    let waited_days = if waits { closed_days() } else { 0 };
    let early = if term.unit.is_counted_in_days() { early } else { 0 };
    Some(Reach {
        least_days: least.saturating_sub(early),
        most_days: Some(most.saturating_add(waited_days)),
    })
}

/// The amounts of two terms in one unit, if one unit can express both.
pub(crate) fn alike(a: Term, b: Term) -> Option<(u32, u32)> {
    let ((a_kind, a), (b_kind, b)) = (in_smallest(a), in_smallest(b));
    (a_kind == b_kind).then_some((a, b))
}

fn in_smallest(term: Term) -> (Unit, u32) {
    let times = |n: u32| term.amount.saturating_mul(n);
    match term.unit {
        Unit::Minutes => (Unit::Minutes, term.amount),
        Unit::Hours => (Unit::Minutes, times(60)),
        Unit::WorkingMinutes => (Unit::WorkingMinutes, term.amount),
        Unit::WorkingHours => (Unit::WorkingMinutes, times(60)),
        Unit::WorkingDays => (Unit::WorkingDays, term.amount),
        Unit::CalendarDays => (Unit::CalendarDays, term.amount),
        Unit::Weeks => (Unit::CalendarDays, times(7)),
        Unit::Months => (Unit::Months, term.amount),
        Unit::Years => (Unit::Months, times(12)),
    }
}

/// The fewest and the most calendar days that so many working days take.
fn working(calendar: &Calendar, starts: std::ops::Range<i32>, amount: u32) -> Option<(u32, u32)> {
    let days = calendar.working_days();
    range(starts.map(|day| {
        let last = days.nth_from(day.saturating_add(1), amount)?;
        u32::try_from(last.checked_sub(day)?).ok()
    }))
}

fn range(mut lengths: impl Iterator<Item = Option<u32>>) -> Option<(u32, u32)> {
    let first = lengths.next()??;
    lengths.try_fold((first, first), |(least, most), length| {
        let length = length?;
        Some((least.min(length), most.max(length)))
    })
}

/// The most days in a row on which the calendar has no hours.
fn longest_closed(calendar: &Calendar, days: std::ops::Range<i32>) -> u32 {
    let (mut longest, mut row) = (0_u32, 0_u32);
    for day in days.start..days.end.min(LAST_DAY) {
        row = if calendar.is_working(day) { 0 } else { row.saturating_add(1) };
        longest = longest.max(row);
    }
    longest
}
