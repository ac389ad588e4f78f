//! What a calendar is made from, and the dates that differ from their weekday.

use crate::time::calendar::days::CALENDAR_FIRST_YEAR;
use crate::time::calendar::days::CALENDAR_LAST_YEAR;
use crate::time::calendar::days::LAST_DAY;
use crate::time::holiday::Holiday;
use crate::time::holiday::HolidaySet;
use crate::time::holiday::dates_of_year;
use crate::time::holiday::places_by_year;
use crate::time::window::Window;
use crate::time::zone::Zone;
use crate::time::zone::day_number;
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// What a calendar is made from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalendarPlan {
    /// Its name in `calendar = "office"`.
    pub id: String,
    /// The zone in which its days and hours are meant.
    pub zone: Zone,
    /// The windows of each day of the week, Monday first; none for a closed day.
    pub week: [Vec<Window>; 7],
    /// Sets of public holidays.
    pub sets: Vec<HolidaySet>,
    /// The organisation's own closures and half days.
    pub closed: Vec<Holiday>,
    /// Dates open although they would be closed. They are stronger than everything else.
    pub open: Vec<OpenDay>,
}

/// A date on which the organisation is open although it would be closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenDay {
    /// The date.
    pub on: NaiveDate,
    /// Why, for people.
    pub name: String,
    /// The hours of that date. Without them it has those of its weekday, so that a weekday which
    /// has none stays closed; the checker asks for hours there.
    pub hours: Option<Vec<Window>>,
}

/// What the dates of one holiday, closure or opening have in common.
#[derive(Clone, Debug)]
pub(crate) struct SpecialDay {
    pub(crate) name: String,
    pub(crate) windows: Vec<Window>,
}

/// The dates that differ from their weekday.
#[derive(Clone, Debug, Default)]
pub(crate) struct SpecialDays {
    pub(crate) kinds: Vec<SpecialDay>,
    /// What each day is, by its place in `kinds`.
    pub(crate) by_day: BTreeMap<i32, usize>,
}

/// Every date that differs from its weekday. Extra openings win over closures, these over half
/// days, the first named over later ones.
pub(crate) fn special_days(plan: &CalendarPlan) -> SpecialDays {
    let own = HolidaySet {
        id: String::new(),
        title: String::new(),
        source: String::new(),
        valid_from: None,
        valid_to: None,
        enumerated: false,
        holidays: plan.closed.clone(),
    };
    // A shift may lead over the end of a year, so the years beside are looked at too.
    let years = CALENDAR_FIRST_YEAR.saturating_sub(1)..=CALENDAR_LAST_YEAR.saturating_add(1);
    let mut found = SpecialDays::default();
    let mut sets = Vec::new();
    for set in plan.sets.iter().chain(std::iter::once(&own)) {
        sets.push((set, found.kinds.len(), places_by_year(set, years.clone())));
        found.kinds.extend(set.holidays.iter().map(|it| SpecialDay {
            name: it.name.clone(),
            windows: it.hours.as_deref().map(united).unwrap_or_default(),
        }));
    }
    for year in years {
        for (set, first_kind, by_year) in &sets {
            let places = by_year.get(&year).map_or(&[][..], Vec::as_slice);
            for (date, place) in dates_of_year(set, places, year) {
                let is_half_day = set.holidays.get(place).is_some_and(|it| it.hours.is_some());
                let day = day_number(date);
                // A half day opens nothing that is closed.
                if !(is_half_day && week_of(plan, day).is_empty()) {
                    add_holiday(&mut found, day, first_kind.saturating_add(place));
                }
            }
        }
    }
    for open in &plan.open {
        let day = day_number(open.on);
        let windows = open.hours.as_deref().map_or_else(|| week_of(plan, day).to_vec(), united);
        found.by_day.insert(day, found.kinds.len());
        found.kinds.push(SpecialDay { name: open.name.clone(), windows });
    }
    found.by_day.retain(|day, _| (0..=LAST_DAY).contains(day));
    found
}

fn add_holiday(found: &mut SpecialDays, day: i32, kind: usize) {
    let is_open = |kind: usize| found.kinds.get(kind).is_some_and(|it| !it.windows.is_empty());
    let is_weaker = |there: &usize| is_open(*there) && !is_open(kind);
    if found.by_day.get(&day).is_none_or(is_weaker) {
        found.by_day.insert(day, kind);
    }
}

pub(crate) fn week_of(plan: &CalendarPlan, day: i32) -> &[Window] {
    // Day 0 is a Thursday, the fourth of the week.
    let weekday = usize::try_from(day.saturating_add(3).rem_euclid(7)).unwrap_or(0);
    plan.week.get(weekday).map_or(&[], Vec::as_slice)
}

/// The windows in order, those that touch or overlap made one.
pub(crate) fn united(windows: &[Window]) -> Vec<Window> {
    let mut sorted: Vec<Window> = windows.to_vec();
    sorted.sort_unstable();
    let mut joined: Vec<Window> = Vec::with_capacity(sorted.len());
    for window in sorted.into_iter().filter(|it| it.open_minute < it.close_minute) {
        match joined.last_mut() {
            Some(last) if window.open_minute <= last.close_minute => {
                last.close_minute = last.close_minute.max(window.close_minute);
            }
            _ => joined.push(window),
        }
    }
    joined
}
