//! Dates, zones, calendars and terms: from "10 working days" to the instant at which they end,
//! with the working that leads there. Knows nothing of the present time.
//!
//! Instants are UTC, in whole milliseconds; civil dates and times are `chrono`'s and mean the
//! zone of the calendar they are used with. A day counts while it runs out, an act at the due
//! instant is in time, and nothing here depends on the machine it runs on.

mod instant;

mod zone;

mod term;
mod term_fault;

mod window;

mod holiday;
mod holiday_on;
mod holiday_resolve;
mod ics;

mod special_days;

mod calendar;
mod calendar_describe;
mod day_set;

mod rules;

mod course;

mod count;
mod count_days;
mod count_hours;
mod day_end;
mod elapsed;
mod warning;

mod ledger;
mod ledger_sentence;

pub use calendar::{CALENDAR_FIRST_YEAR, CALENDAR_LAST_YEAR, Calendar, WEEKDAYS};
pub use count::{due, due_with};
pub use course::{Base, Course, Due, Left, Pause, Start, TimeError};
pub use elapsed::{Elapsed, elapsed};
pub use holiday::{Holiday, HolidaySet, NthOfMonth, Observed, On};
pub use holiday_on::{parse_observed, parse_on};
pub use holiday_resolve::easter;
pub use ics::{ICS_BYTES_MAX, ICS_EVENTS_MAX, IcsFault, read_ics};
pub use instant::{Instant, NaiveDate, NaiveDateTime, NaiveTime};
pub use ledger::{DayWhat, Entry, Ledger, LedgerSink, Silent};
pub use ledger_sentence::sentence;
pub use rules::{Ends, FirstDay, OutsideHours, Roll, Rules};
pub use special_days::{CalendarPlan, OpenDay};
pub use term::{ALLOWANCE_TERMS_MAX, Allowance, Term, Unit, parse_allowance, parse_term};
pub use term_fault::TermFault;
pub use warning::{at_percent, before};
pub use window::{Window, WindowFault, overlap, parse_window, week_overlap};
pub use zone::{Civil, CivilNote, Twice, Zone, zone_data_version, zone_names};

#[cfg(test)]
mod tests;
#[cfg(test)]
mod traps;
