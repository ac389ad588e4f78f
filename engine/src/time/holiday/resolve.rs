//! From holiday rules to the dates of a year.

use crate::time::holiday::set::Holiday;
use crate::time::holiday::set::HolidaySet;
use crate::time::holiday::set::NthOfMonth;
use crate::time::holiday::set::Observed;
use crate::time::holiday::set::On;
use chrono::Datelike;
use chrono::Days;
use chrono::NaiveDate;
use chrono::Weekday;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::ops::RangeInclusive;

/// A weekend and as many holidays in a row as any set has.
const SUBSTITUTE_DAYS_MAX: usize = 60;

/// Easter Sunday of the western church in a year of the Gregorian calendar, from 1583 on.
///
/// Source: the calculation of 1582 in its anonymous form of 1876 ("Meeus/Jones/Butcher").
#[must_use]
pub fn easter(year: i32) -> Option<NaiveDate> {
    if !(1583..=9999).contains(&year) {
        return None;
    }
    let year_of_moon = year.rem_euclid(19);
    let (century, of_century) = (year.div_euclid(100), year.rem_euclid(100));
    let (leap_centuries, century_rest) = (century.div_euclid(4), century.rem_euclid(4));
    let moon_shift = (century - (century + 8).div_euclid(25) + 1).div_euclid(3);
    let epact = (19 * year_of_moon + century - leap_centuries - moon_shift + 15).rem_euclid(30);
    let (leaps, rest) = (of_century.div_euclid(4), of_century.rem_euclid(4));
    let to_sunday = (32 + 2 * century_rest + 2 * leaps - epact - rest).rem_euclid(7);
    let late = (year_of_moon + 11 * epact + 22 * to_sunday).div_euclid(451);
    let march_days = epact + to_sunday - 7 * late + 21;
    NaiveDate::from_ymd_opt(year, 3, 1)?
        .checked_add_days(Days::new(u64::try_from(march_days).ok()?))
}

/// The places of the holidays of a set by the years in which they may be kept, in file order. A
/// date is looked at in its own year only, however many a list of dates has.
pub(crate) fn places_by_year(
    set: &HolidaySet,
    years: RangeInclusive<i32>,
) -> BTreeMap<i32, Vec<usize>> {
    let mut by_year: BTreeMap<i32, Vec<usize>> = BTreeMap::new();
    for (place, holiday) in set.holidays.iter().enumerate() {
        let (first, last) = match holiday.on {
            On::Date(date) => (date.year(), date.year()),
            _ => (holiday.from.unwrap_or(i32::MIN), holiday.to.unwrap_or(i32::MAX)),
        };
        for year in first.max(*years.start())..=last.min(*years.end()) {
            by_year.entry(year).or_default().push(place);
        }
    }
    by_year
}

/// The dates on which the holidays at these places of a set are kept in the nominal year `year`,
/// in file order, each with its place; on two dates where the weekend day stays one. A shifted
/// holiday may be kept in the year before.
pub(crate) fn dates_of_year(
    set: &HolidaySet,
    places: &[usize],
    year: i32,
) -> Vec<(NaiveDate, usize)> {
    let inside = |date: &NaiveDate| {
        set.valid_from.is_none_or(|from| *date >= from) && set.valid_to.is_none_or(|to| *date <= to)
    };
    let nominal: Vec<(NaiveDate, Observed, usize)> = places
        .iter()
        .filter_map(|place| {
            let holiday = set.holidays.get(*place)?;
            Some((nominal_date(holiday, year)?, holiday.observed, *place))
        })
        .filter(|(date, ..)| inside(date))
        .collect();
    let moves = |date: NaiveDate, observed: Observed| {
        observed == Observed::NextFreeWeekday && is_weekend(date)
    };
    let mut taken: BTreeSet<NaiveDate> = nominal
        .iter()
        .filter(|(date, observed, _)| !moves(*date, *observed))
        .map(|(date, observed, _)| shifted(*date, *observed))
        .collect();
    let mut kept = Vec::with_capacity(nominal.len());
    for (date, observed, place) in nominal {
        let on = match moves(date, observed) {
            true => next_free_weekday(date, &taken),
            false => shifted(date, observed),
        };
        if on != date && observed == Observed::AlsoNearestWeekday {
            kept.push((date, place));
        }
        taken.insert(on);
        kept.push((on, place));
    }
    kept
}

/// The date a holiday falls on in a year before any shift, if it is kept in that year.
fn nominal_date(holiday: &Holiday, year: i32) -> Option<NaiveDate> {
    let date = date_in_year(holiday.on, year)?;
    let in_span = holiday.from.is_none_or(|from| year >= from)
        && holiday.to.is_none_or(|to| year <= to)
        && !holiday.except.contains(&year);
    let in_turn = holiday.every.is_none_or(|(years, from)| {
        years > 0 && year >= from && year.saturating_sub(from) % years == 0
    });
    (in_span && in_turn).then_some(date)
}

fn date_in_year(on: On, year: i32) -> Option<NaiveDate> {
    match on {
        On::Date(date) => (date.year() == year).then_some(date),
        On::Yearly { month, day } => NaiveDate::from_ymd_opt(year, month, day),
        On::Easter { days } => {
            let shift = Days::new(u64::from(days.unsigned_abs()));
            let sunday = easter(year)?;
            if days < 0 { sunday.checked_sub_days(shift) } else { sunday.checked_add_days(shift) }
        }
        On::From { weekday, month, day } => {
            let from = NaiveDate::from_ymd_opt(year, month, day)?;
            from.iter_days().take(7).find(|date| date.weekday() == weekday)
        }
        On::Nth { nth, weekday, month } => {
            let n = match nth {
                NthOfMonth::First => 1,
                NthOfMonth::Second => 2,
                NthOfMonth::Third => 3,
                NthOfMonth::Fourth => 4,
                NthOfMonth::Last => {
                    return NaiveDate::from_weekday_of_month_opt(year, month, weekday, 5)
                        .or_else(|| NaiveDate::from_weekday_of_month_opt(year, month, weekday, 4));
                }
            };
            NaiveDate::from_weekday_of_month_opt(year, month, weekday, n)
        }
    }
}

fn shifted(date: NaiveDate, observed: Observed) -> NaiveDate {
    use Observed::{AlsoNearestWeekday, DayBeforeIfSunday, MondayIfSunday, NearestWeekday};
    let to = match (observed, date.weekday()) {
        (NearestWeekday | AlsoNearestWeekday, Weekday::Sat) | (DayBeforeIfSunday, Weekday::Sun) => {
            date.pred_opt()
        }
        (NearestWeekday | AlsoNearestWeekday | MondayIfSunday, Weekday::Sun) => date.succ_opt(),
        _ => None,
    };
    to.unwrap_or(date)
}

fn next_free_weekday(date: NaiveDate, taken: &BTreeSet<NaiveDate>) -> NaiveDate {
    let mut later = date.iter_days().take(SUBSTITUTE_DAYS_MAX);
    later.find(|day| !is_weekend(*day) && !taken.contains(day)).unwrap_or(date)
}

fn is_weekend(date: NaiveDate) -> bool {
    matches!(date.weekday(), Weekday::Sat | Weekday::Sun)
}
