//! Working days and their hours, for every day of two centuries.

mod day_set;
mod days;
mod describe;
mod opening;
mod special_days;

pub use days::{CALENDAR_FIRST_YEAR, CALENDAR_LAST_YEAR, Calendar, WEEKDAYS};
pub use special_days::{CalendarPlan, OpenDay};

pub(crate) use days::{LAST_DAY, last_date, weekday_name};
