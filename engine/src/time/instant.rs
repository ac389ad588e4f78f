//! A point in time.

use chrono::DateTime;
use chrono::SecondsFormat;
use chrono::Utc;
pub use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

/// Milliseconds in a minute, an hour and a day of 24 hours.
pub(crate) const MINUTE_MS: i64 = 60_000;
pub(crate) const HOUR_MS: i64 = 60 * MINUTE_MS;
pub(crate) const DAY_MS: i64 = 24 * HOUR_MS;

/// A point in time: whole milliseconds since 1970-01-01T00:00Z. Leap seconds do not exist.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(pub i64);

impl Instant {
    /// This instant and a number of milliseconds, if the sum can be held.
    #[must_use]
    pub const fn plus_ms(self, ms: i64) -> Option<Self> {
        match self.0.checked_add(ms) {
            Some(sum) => Some(Self(sum)),
            None => None,
        }
    }

    /// This instant less a number of milliseconds, if the difference can be held.
    #[must_use]
    pub const fn minus_ms(self, ms: i64) -> Option<Self> {
        match self.0.checked_sub(ms) {
            Some(rest) => Some(Self(rest)),
            None => None,
        }
    }

    /// Milliseconds from `earlier` to this instant, negative if it is the later one; held at the
    /// ends of the number range.
    #[must_use]
    pub const fn ms_since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }

    /// The instant of a `chrono` time, rounded down to the millisecond.
    #[must_use]
    pub fn from_utc(at: DateTime<Utc>) -> Self {
        Self(at.timestamp_millis())
    }

    /// This instant as a `chrono` time; nothing outside the years `chrono` can hold.
    #[must_use]
    pub fn to_utc(self) -> Option<DateTime<Utc>> {
        DateTime::from_timestamp_millis(self.0)
    }
}

impl From<DateTime<Utc>> for Instant {
    fn from(at: DateTime<Utc>) -> Self {
        Self::from_utc(at)
    }
}

/// RFC 3339 in UTC, with milliseconds where they are not zero: `2026-03-29T01:30:00Z`.
impl std::fmt::Display for Instant {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.to_utc() {
            None => write!(f, "{} ms since 1970", self.0),
            Some(utc) => f.write_str(&utc.to_rfc3339_opts(SecondsFormat::AutoSi, true)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(ms: i64, shown: &str) {
        assert_eq!(Instant(ms).to_string(), shown);
    }

    #[test]
    fn instants_are_shown_in_utc_and_with_milliseconds_only_where_there_are_some() {
        check(0, "1970-01-01T00:00:00Z");
        check(1_774_747_800_000, "2026-03-29T01:30:00Z");
        check(-1, "1969-12-31T23:59:59.999Z");
        check(i64::MAX, "9223372036854775807 ms since 1970");
    }

    #[test]
    fn sums_that_cannot_be_held_are_none() {
        assert_eq!(Instant(i64::MAX).plus_ms(1), None);
        assert_eq!(Instant(i64::MIN).minus_ms(1), None);
        assert_eq!(Instant(5).plus_ms(-6), Some(Instant(-1)));
        assert_eq!(Instant(i64::MAX).ms_since(Instant(i64::MIN)), i64::MAX);
    }
}
