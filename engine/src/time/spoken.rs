//! Instants, dates and lengths as people read them.

use crate::time::instant::HOUR_MS;
use crate::time::instant::Instant;
use crate::time::instant::MINUTE_MS;
use crate::time::zone::Zone;
use chrono::NaiveDate;
use chrono::NaiveDateTime;
use chrono::Timelike;

/// "Tue 14 Apr 2026 17:00" in this zone, with seconds and milliseconds only where there are some.
#[must_use]
pub fn spoken(zone: &Zone, at: Instant) -> String {
    let civil = zone.civil(at);
    format!("{} {}", spoken_date(civil.date()), time_of_day(civil))
}

/// "Tue 14 Apr 2026".
#[must_use]
pub fn spoken_date(on: NaiveDate) -> String {
    on.format("%a %-d %b %Y").to_string()
}

/// "1 h 30 min", "45 min", "12 s": a length in milliseconds, cut off at whole seconds below a
/// minute and at whole minutes above.
#[must_use]
pub fn spoken_length(ms: i64) -> String {
    let (hours, minutes) = (ms / HOUR_MS, ms % HOUR_MS / MINUTE_MS);
    match (hours, minutes) {
        (0, 0) => format!("{} s", ms / 1_000),
        (0, minutes) => format!("{minutes} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}

/// "17:00", with seconds and milliseconds only where there are some.
pub(crate) fn time_of_day(civil: NaiveDateTime) -> String {
    let shape = match (civil.nanosecond(), civil.second()) {
        (0, 0) => "%H:%M",
        (0, _) => "%H:%M:%S",
        _ => "%H:%M:%S%.3f",
    };
    civil.format(shape).to_string()
}
