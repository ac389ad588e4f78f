//! Which days are worked and when: a week, holidays, closures, and days open all the same.

use crate::time::calendar::day_set::DaySet;
use crate::time::calendar::special_days::CalendarPlan;
use crate::time::calendar::special_days::SpecialDay;
use crate::time::calendar::special_days::SpecialDays;
use crate::time::calendar::special_days::special_days;
use crate::time::calendar::special_days::united;
use crate::time::calendar::special_days::week_of;
use crate::time::holiday::HolidaySet;
use crate::time::instant::DAY_MS;
use crate::time::instant::Instant;
use crate::time::instant::MINUTE_MS;
use crate::time::window::Window;
use crate::time::zone::Twice;
use crate::time::zone::Zone;
use crate::time::zone::date_of;
use crate::time::zone::day_number;
use chrono::Datelike;
use chrono::NaiveDate;
use chrono::Weekday;

/// First year a calendar knows; its 1 January is day 0.
pub const CALENDAR_FIRST_YEAR: i32 = 1970;
/// Last year a calendar knows.
pub const CALENDAR_LAST_YEAR: i32 = 2169;
/// Days from 1970-01-01 to 2169-12-31.
const N_DAYS: u32 = 73_049;
/// The last day a calendar knows, 2169-12-31, as days since 1970-01-01.
pub(crate) const LAST_DAY: i32 = 73_048;

/// The days of the week, Monday first, as in [`CalendarPlan::week`].
pub const WEEKDAYS: [Weekday; 7] = [
    Weekday::Mon,
    Weekday::Tue,
    Weekday::Wed,
    Weekday::Thu,
    Weekday::Fri,
    Weekday::Sat,
    Weekday::Sun,
];

/// A calendar for 1970 to 2169, made for quick answers.
#[derive(Clone, Debug)]
pub struct Calendar {
    plan: CalendarPlan,
    working: DaySet,
    special: DaySet,
    kinds: Vec<SpecialDay>,
    /// Places in `kinds`, in order of the days: entry n is the day of rank n in `special`.
    kind_of: Vec<usize>,
}

impl Calendar {
    /// Makes the calendar. Of windows that overlap on one day the union counts.
    #[must_use]
    pub fn build(mut plan: CalendarPlan) -> Self {
        for windows in &mut plan.week {
            *windows = united(windows);
        }
        let SpecialDays { kinds, by_day } = special_days(&plan);
        let week = [0, 1, 2, 3, 4, 5, 6].map(|day| !week_of(&plan, day).is_empty());
        let is_open = |kind: &usize| kinds.get(*kind).is_some_and(|it| !it.windows.is_empty());
        let special = DaySet::new(N_DAYS, [false; 7], by_day.keys().map(|day| (*day, true)));
        let working =
            DaySet::new(N_DAYS, week, by_day.iter().map(|(day, kind)| (*day, is_open(kind))));
        let kind_of = by_day.into_values().collect();
        Self { plan, working, special, kinds, kind_of }
    }

    /// The zone in which days and hours are meant.
    #[must_use]
    pub fn zone(&self) -> &Zone {
        &self.plan.zone
    }

    /// Its name in the protocol.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.plan.id
    }

    /// What it was made from; windows sorted and united.
    #[must_use]
    pub fn plan(&self) -> &CalendarPlan {
        &self.plan
    }

    /// Whether the date has a window. A half day is a working day; a date outside 1970 to 2169 is
    /// none.
    #[must_use]
    pub fn is_working_day(&self, date: NaiveDate) -> bool {
        self.is_working(day_number(date))
    }

    /// Why the date is closed: the name of the holiday or closure, else that of the weekday.
    /// Nothing for a working day.
    #[must_use]
    pub fn closed_why(&self, date: NaiveDate) -> Option<&str> {
        let day = day_number(date);
        if self.is_working(day) {
            return None;
        }
        Some(self.special_day(day).map_or(weekday_name(date.weekday()), |it| it.name.as_str()))
    }

    /// The windows that start on this date, in order, disjoint; none outside 1970 to 2169.
    #[must_use]
    pub fn windows(&self, date: NaiveDate) -> &[Window] {
        self.windows_of(day_number(date))
    }

    /// The last date up to which the holidays are announced, if one of its sets merely lists
    /// them: the earliest end of these sets.
    #[must_use]
    pub fn valid_until(&self) -> Option<NaiveDate> {
        let lists = self.plan.sets.iter().filter(|set| set.enumerated);
        lists.filter_map(HolidaySet::known_until).min()
    }

    /// Whether any day has a window at all.
    #[must_use]
    pub fn ever_opens(&self) -> bool {
        self.working.len() > 0
    }

    pub(crate) fn is_working(&self, day: i32) -> bool {
        self.working.contains(day)
    }

    pub(crate) fn working_days(&self) -> &DaySet {
        &self.working
    }

    pub(crate) fn windows_of(&self, day: i32) -> &[Window] {
        if !(0..=LAST_DAY).contains(&day) {
            return &[];
        }
        self.special_day(day).map_or_else(|| week_of(&self.plan, day), |it| &it.windows)
    }

    /// Opening and closing of a window of this day. A time that does not exist moves forward by
    /// the gap; of one that occurs twice the window opens at the first and closes at the second.
    pub(crate) fn window_span(&self, day: i32, window: Window) -> (Instant, Instant) {
        let at = |minute: u16, twice| {
            let civil_ms = i64::from(day)
                .saturating_mul(DAY_MS)
                .saturating_add(i64::from(minute).saturating_mul(MINUTE_MS));
            self.plan.zone.instant_of_ms(civil_ms, twice).at
        };
        (at(window.open_minute, Twice::Earlier), at(window.close_minute, Twice::Later))
    }

    fn special_day(&self, day: i32) -> Option<&SpecialDay> {
        if !self.special.contains(day) {
            return None;
        }
        let rank = usize::try_from(self.special.rank(day)).ok()?;
        self.kinds.get(*self.kind_of.get(rank)?)
    }
}

/// The English name of a weekday.
pub(crate) const fn weekday_name(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Mon => "Monday",
        Weekday::Tue => "Tuesday",
        Weekday::Wed => "Wednesday",
        Weekday::Thu => "Thursday",
        Weekday::Fri => "Friday",
        Weekday::Sat => "Saturday",
        Weekday::Sun => "Sunday",
    }
}

/// The date of the last day a calendar knows.
pub(crate) fn last_date() -> NaiveDate {
    date_of(LAST_DAY)
}
