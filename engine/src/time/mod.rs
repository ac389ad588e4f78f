//! Dates, zones, calendars and terms: from "10 working days" to the instant at which they end,
//! with the working that leads there. Knows nothing of the present time.
//!
//! Instants are UTC, in whole milliseconds; civil dates and times are `chrono`'s and mean the
//! zone of the calendar they are used with. A day counts while it runs out, an act at the due
//! instant is in time, and nothing here depends on the machine it runs on.

mod instant;

mod zone;

mod term;

mod window;

mod holiday;

mod calendar;

mod count;

mod spoken;

mod ledger;

pub(crate) use calendar::weekday_name;
pub use calendar::{
    CALENDAR_FIRST_YEAR, CALENDAR_LAST_YEAR, Calendar, CalendarPlan, OpenDay, WEEKDAYS,
};
pub(crate) use count::alike;
pub use count::{
    Base, Course, Due, Elapsed, Ends, FirstDay, Left, OutsideHours, Pause, Reach, Roll, Rules,
    Start, TimeError, at_percent, before, due, due_with, elapsed, reach, since,
};
pub use holiday::{
    Holiday, HolidaySet, ICS_BYTES_MAX, ICS_EVENTS_MAX, IcsFault, NthOfMonth, Observed, On, easter,
    observed_words, parse_observed, parse_on, read_ics,
};
pub use instant::{Instant, NaiveDate, NaiveDateTime, NaiveTime};
pub use ledger::{DayWhat, Entry, Ledger, LedgerSink, Silent, sentence};
pub use spoken::{spoken, spoken_date, spoken_length};
pub use term::{
    ALLOWANCE_TERMS_MAX, Allowance, Term, TermFault, Unit, parse_allowance, parse_term,
};
pub use window::{Window, WindowFault, overlap, parse_window, week_overlap};
pub use zone::{Civil, CivilNote, Twice, Zone, zone_data_version, zone_names};

#[cfg(test)]
mod tests;
