//! Holidays from an iCalendar file (RFC 5545): all-day events, once or every year.

use crate::time::holiday::set::Holiday;
use crate::time::holiday::set::Observed;
use crate::time::holiday::set::On;
use chrono::Datelike;
use chrono::Days;
use chrono::NaiveDate;
use icalendar::parser::Component;
use icalendar::parser::read_calendar;
use icalendar::parser::unfold;

/// The largest file that is read.
pub const ICS_BYTES_MAX: usize = 1_000_000;
/// The most events that are read.
pub const ICS_EVENTS_MAX: usize = 2_000;
/// The most days one event may last.
const EVENT_DAYS_MAX: u64 = 60;
/// How deep components may lie in each other: a calendar, an event, an alarm, and one to spare.
const DEPTH_MAX: usize = 4;

/// Why a calendar file cannot be used. `Display` is the message, one fragment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IcsFault {
    /// It is larger than [`ICS_BYTES_MAX`].
    TooLarge,
    /// It has more events than [`ICS_EVENTS_MAX`].
    TooMany,
    /// It is no iCalendar text.
    Malformed,
    /// It has no event at all.
    NoEvents,
    /// An event has no start date.
    NoStart {
        /// The event.
        event: String,
    },
    /// An event starts at a time of day: it is an appointment, no holiday.
    NotAllDay {
        /// The event.
        event: String,
    },
    /// An event ends before it starts, or lasts more than 60 days.
    BadLength {
        /// The event.
        event: String,
    },
    /// An event repeats in a way that is not "every year on this date".
    BadRepeat {
        /// The event.
        event: String,
        /// The rule as written.
        rule: String,
    },
    /// An event uses a property that changes its dates and is not read.
    NotRead {
        /// The event.
        event: String,
        /// The property.
        property: String,
    },
}

impl std::fmt::Display for IcsFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::TooLarge => write!(f, "the calendar file is larger than {ICS_BYTES_MAX} bytes"),
            Self::TooMany => write!(f, "the calendar file has more than {ICS_EVENTS_MAX} events"),
            Self::Malformed => f.write_str("this is not an iCalendar file"),
            Self::NoEvents => f.write_str("the calendar file has no event"),
            Self::NoStart { event } => write!(f, "event `{event}` has no start date"),
            Self::NotAllDay { event } => {
                write!(
                    f,
                    "event `{event}` starts at a time of day; only all-day events close a day"
                )
            }
            Self::BadLength { event } => {
                write!(f, "event `{event}` does not last from 1 to {EVENT_DAYS_MAX} days")
            }
            Self::BadRepeat { event, rule } => write!(
                f,
                "event `{event}` repeats by `{rule}`; only `FREQ=YEARLY` with `INTERVAL` and \
                 `UNTIL` is read"
            ),
            Self::NotRead { event, property } => {
                write!(f, "event `{event}` has `{property}`, which is not read")
            }
        }
    }
}

/// Reads the all-day events of an iCalendar file as holidays: one a date, an event of several days
/// as several, `RRULE:FREQ=YEARLY` as a rule that starts in the year of the event. Cancelled events
/// are left out.
///
/// # Errors
/// The first event that is anything else.
pub fn read_ics(text: &str) -> Result<Vec<Holiday>, IcsFault> {
    if text.len() > ICS_BYTES_MAX {
        return Err(IcsFault::TooLarge);
    }
    let unfolded = unfold(text.trim_start_matches('\u{feff}'));
    // The parser calls itself for each level, so the depth is bounded before it runs.
    if !is_nested_flatly(&unfolded) {
        return Err(IcsFault::Malformed);
    }
    let calendar = read_calendar(&unfolded).map_err(|_| IcsFault::Malformed)?;
    let events: Vec<&Component<'_>> =
        calendar.components.iter().filter(|part| part.name == "VEVENT").collect();
    if events.is_empty() {
        return Err(IcsFault::NoEvents);
    }
    if events.len() > ICS_EVENTS_MAX {
        return Err(IcsFault::TooMany);
    }
    let mut holidays = Vec::with_capacity(events.len());
    for event in events.into_iter().filter(|event| property(event, "STATUS") != "CANCELLED") {
        holidays.extend(read_event(event)?);
    }
    Ok(holidays)
}

fn is_nested_flatly(text: &str) -> bool {
    let mut depth = 0_usize;
    for line in text.lines() {
        let keyword = line.split(':').next().unwrap_or_default().trim();
        if keyword.eq_ignore_ascii_case("BEGIN") {
            depth = depth.saturating_add(1);
        } else if keyword.eq_ignore_ascii_case("END") {
            depth = depth.saturating_sub(1);
        }
        if depth > DEPTH_MAX {
            return false;
        }
    }
    true
}

fn read_event(event: &Component<'_>) -> Result<Vec<Holiday>, IcsFault> {
    let name = name_of(event);
    for unread in ["RDATE", "EXDATE", "EXRULE", "RECURRENCE-ID", "DURATION"] {
        if event.find_prop(unread).is_some() {
            return Err(IcsFault::NotRead { event: name, property: unread.to_owned() });
        }
    }
    let start = property(event, "DTSTART");
    if start.is_empty() {
        return Err(IcsFault::NoStart { event: name });
    }
    let Some(first) = date(&start) else {
        return Err(IcsFault::NotAllDay { event: name });
    };
    let n_days = match property(event, "DTEND") {
        end if end.is_empty() => 1,
        end => {
            // The end of an all-day event is the first day after it.
            let Some(end) = date(&end) else {
                return Err(IcsFault::NotAllDay { event: name });
            };
            u64::try_from(end.signed_duration_since(first).num_days()).unwrap_or(0)
        }
    };
    if !(1..=EVENT_DAYS_MAX).contains(&n_days) {
        return Err(IcsFault::BadLength { event: name });
    }
    let rule = property(event, "RRULE");
    let repeat = if rule.is_empty() { None } else { Some(read_rule(&name, &rule)?) };
    let days = (0..n_days).filter_map(|n| first.checked_add_days(Days::new(n)));
    Ok(days.map(|on| holiday(&name, first, on, repeat)).collect())
}

/// A rule of yearly repetition: every so many years, until a date.
#[derive(Clone, Copy)]
struct Yearly {
    interval: i32,
    until: Option<NaiveDate>,
}

fn read_rule(event: &str, rule: &str) -> Result<Yearly, IcsFault> {
    let bad = || IcsFault::BadRepeat { event: event.to_owned(), rule: rule.to_owned() };
    let mut yearly = Yearly { interval: 1, until: None };
    let mut has_frequency = false;
    for part in rule.split(';').filter(|part| !part.is_empty()) {
        match part.split_once('=').ok_or_else(bad)? {
            ("FREQ", "YEARLY") => has_frequency = true,
            ("INTERVAL", years) => {
                let years = years.parse().ok().filter(|years| (1..=100).contains(years));
                yearly.interval = years.ok_or_else(bad)?;
            }
            ("UNTIL", until) => {
                let day = until.split('T').next().unwrap_or_default();
                yearly.until = Some(date(day).ok_or_else(bad)?);
            }
            ("WKST", _) => {}
            _ => return Err(bad()),
        }
    }
    if has_frequency { Ok(yearly) } else { Err(bad()) }
}

/// The holiday on one day of an event that starts on `first`.
fn holiday(name: &str, first: NaiveDate, on: NaiveDate, repeat: Option<Yearly>) -> Holiday {
    let years_later = on.year().saturating_sub(first.year());
    let last_year = |until: NaiveDate| {
        let same_day = first.with_year(until.year()).unwrap_or(until);
        let year = until.year().saturating_sub(i32::from(same_day > until));
        year.saturating_add(years_later)
    };
    let on_rule = match repeat {
        None => On::Date(on),
        Some(_) => On::Yearly { month: on.month(), day: on.day() },
    };
    let to = repeat.and_then(|yearly| yearly.until).map(last_year);
    let interval = repeat.map(|yearly| yearly.interval).filter(|years| *years > 1);
    let every = interval.map(|years| (years, on.year()));
    Holiday {
        name: name.to_owned(),
        on: on_rule,
        observed: Observed::AsIs,
        from: repeat.map(|_| on.year()),
        to,
        every,
        except: Vec::new(),
        hours: None,
        source: None,
        unverified: false,
    }
}

/// `20260501` as a date; anything with a time of day is none.
fn date(text: &str) -> Option<NaiveDate> {
    let is_date = text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit());
    if is_date { NaiveDate::parse_from_str(text, "%Y%m%d").ok() } else { None }
}

fn property(event: &Component<'_>, name: &str) -> String {
    event.find_prop(name).map(|found| found.val.as_str().trim().to_owned()).unwrap_or_default()
}

fn name_of(event: &Component<'_>) -> String {
    let summary = property(event, "SUMMARY");
    if !summary.is_empty() {
        return summary;
    }
    match property(event, "UID") {
        uid if uid.is_empty() => "without a name".to_owned(),
        uid => uid,
    }
}
