//! Holidays: how their dates are written, and on which days they fall in a year.

mod ics;
mod on;
mod resolve;
mod set;

pub use ics::{ICS_BYTES_MAX, ICS_EVENTS_MAX, IcsFault, read_ics};
pub use on::{observed_words, parse_observed, parse_on};
pub use resolve::easter;
pub use set::{Holiday, HolidaySet, NthOfMonth, Observed, On};

pub(crate) use resolve::{dates_of_year, places_by_year};
