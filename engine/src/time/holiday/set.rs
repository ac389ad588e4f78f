//! Holidays as rules.

use crate::time::window::Window;
use chrono::Datelike;
use chrono::NaiveDate;
use chrono::Weekday;

/// A named list of holidays, such as the bank holidays of England and Wales.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HolidaySet {
    /// Its name in `holidays = ["nl"]`.
    pub id: String,
    /// Its name for people.
    pub title: String,
    /// The law or list it follows.
    pub source: String,
    /// First date it speaks about; without one, it speaks about all earlier dates.
    pub valid_from: Option<NaiveDate>,
    /// Last date it speaks about, inclusive; without one, it speaks about all later dates.
    pub valid_to: Option<NaiveDate>,
    /// Whether it lists dates that somebody announces rather than rules, and so ends some day.
    pub enumerated: bool,
    /// The holidays. Their order decides which is moved first when two are moved.
    pub holidays: Vec<Holiday>,
}

impl HolidaySet {
    /// The last date, inclusive, up to which its holidays are known: the end of `valid`, else, of a
    /// set that lists dates, the end of the year of the last of them. Without an end for rules.
    #[must_use]
    pub fn known_until(&self) -> Option<NaiveDate> {
        let last_year = self.holidays.iter().filter_map(|holiday| match holiday.on {
            On::Date(date) if holiday.observed == Observed::AsIs => Some(date.year()),
            _ => None,
        });
        let end_of_year = |year| NaiveDate::from_ymd_opt(year, 12, 31);
        let listed = || last_year.max().and_then(end_of_year);
        self.valid_to.or_else(|| self.enumerated.then(listed)?)
    }
}

/// One holiday.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holiday {
    /// Its name for people.
    pub name: String,
    /// The day it falls on.
    pub on: On,
    /// What happens when it falls on a weekend.
    pub observed: Observed,
    /// First year in which it is kept.
    pub from: Option<i32>,
    /// Last year in which it is kept.
    pub to: Option<i32>,
    /// Kept every so many years, counted from a year: `(5, 2000)`.
    pub every: Option<(i32, i32)>,
    /// Years in which it is not kept.
    pub except: Vec<i32>,
    /// For a half day: the hours of that day, if the day would be open at all. A whole day that is
    /// closed has none.
    pub hours: Option<Vec<Window>>,
    /// The rule, where it differs from that of the set.
    pub source: Option<String>,
    /// Whether nobody has read the source.
    pub unverified: bool,
}

/// The day a holiday falls on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum On {
    /// One date.
    Date(NaiveDate),
    /// A day of each year: "1 january". 29 February exists in leap years only.
    Yearly {
        /// Month, from 1.
        month: u32,
        /// Day of the month, from 1.
        day: u32,
    },
    /// A weekday by its place in a month: "first monday of may".
    Nth {
        /// Which one.
        nth: NthOfMonth,
        /// The weekday.
        weekday: Weekday,
        /// Month, from 1.
        month: u32,
    },
    /// The first such weekday on or after a day: "first saturday from 20 june".
    From {
        /// The weekday.
        weekday: Weekday,
        /// Month, from 1.
        month: u32,
        /// Day of the month, from 1.
        day: u32,
    },
    /// So many days after (or before, if negative) Easter Sunday of the western church.
    Easter {
        /// Days after Easter Sunday.
        days: i32,
    },
}

/// A place in a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NthOfMonth {
    /// The first one.
    First,
    /// The second one.
    Second,
    /// The third one.
    Third,
    /// The fourth one.
    Fourth,
    /// The last one, be it the fourth or the fifth.
    Last,
}

/// What happens to a holiday that falls on a weekend.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Observed {
    /// It stays.
    #[default]
    AsIs,
    /// From Saturday or Sunday to the next day from Monday to Friday that is no other holiday of
    /// the set, in file order; the weekend day itself is none then (United Kingdom).
    NextFreeWeekday,
    /// From Saturday to Friday, from Sunday to Monday.
    NearestWeekday,
    /// It stays; before a Saturday the Friday is a holiday as well, after a Sunday the Monday
    /// (United States).
    AlsoNearestWeekday,
    /// From Sunday to Saturday (King's Day in the Netherlands).
    DayBeforeIfSunday,
    /// From Sunday to Monday.
    MondayIfSunday,
}
