//! What a calendar is made from, and the dates that differ from their weekday.

use crate::time::calendar::days::CALENDAR_FIRST_YEAR;
use crate::time::calendar::days::CALENDAR_LAST_YEAR;
use crate::time::calendar::days::LAST_DAY;
use crate::time::holiday::Holiday;
use crate::time::holiday::HolidaySet;
use crate::time::holiday::dates_of_year;
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

/// A date that differs from its weekday.
#[derive(Clone, Debug)]
pub(crate) struct SpecialDay {
    pub(crate) name: String,
    pub(crate) windows: Vec<Window>,
}

/// Every date that differs from its weekday. Extra openings win over closures, these over half
/// days, the first named over later ones.
pub(crate) fn special_days(plan: &CalendarPlan) -> BTreeMap<i32, SpecialDay> {
    let own = HolidaySet {
        id: String::new(),
        title: String::new(),
        source: String::new(),
        valid_from: None,
        valid_to: None,
        enumerated: false,
        holidays: plan.closed.clone(),
    };
    let mut by_day: BTreeMap<i32, SpecialDay> = BTreeMap::new();
    // A shift may lead over the end of a year, so the years beside are looked at too.
    let years = CALENDAR_FIRST_YEAR.saturating_sub(1)..=CALENDAR_LAST_YEAR.saturating_add(1);
    for year in years {
        for set in plan.sets.iter().chain(std::iter::once(&own)) {
            for (date, holiday) in dates_of_year(set, year) {
                add_holiday(plan, &mut by_day, day_number(date), holiday);
            }
        }
    }
    for open in &plan.open {
        let day = day_number(open.on);
        let windows = open.hours.as_deref().map_or_else(|| week_of(plan, day).to_vec(), united);
        by_day.insert(day, SpecialDay { name: open.name.clone(), windows });
    }
    by_day.retain(|day, _| (0..=LAST_DAY).contains(day));
    by_day
}

fn add_holiday(
    plan: &CalendarPlan,
    by_day: &mut BTreeMap<i32, SpecialDay>,
    day: i32,
    holiday: &Holiday,
) {
    let windows = match &holiday.hours {
        // A half day opens nothing that is closed.
        Some(hours) if !week_of(plan, day).is_empty() => united(hours),
        Some(_) => return,
        None => Vec::new(),
    };
    let is_weaker = |there: &SpecialDay| !there.windows.is_empty() && windows.is_empty();
    if by_day.get(&day).is_none_or(is_weaker) {
        by_day.insert(day, SpecialDay { name: holiday.name.clone(), windows });
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
