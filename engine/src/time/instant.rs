//! A point in time.

use chrono::DateTime;
use chrono::SecondsFormat;
use chrono::Utc;
pub use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use std::num::NonZeroU64;

/// Milliseconds in a minute, an hour and a day of 24 hours.
pub(crate) const MINUTE_MS: i64 = 60_000;
pub(crate) const HOUR_MS: i64 = 60 * MINUTE_MS;
pub(crate) const DAY_MS: i64 = 24 * HOUR_MS;

/// A point in time: whole milliseconds since 1970-01-01T00:00Z. Leap seconds do not exist.
///
/// Cases hold many instants that may be missing, so `Option<Instant>` takes no more room than an
/// instant: the milliseconds are kept shifted into the positive numbers, and 0 is none.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(NonZeroU64);

/// What is added to the milliseconds; it keeps their order.
const SHIFT: u64 = 1 << 63;

impl Instant {
    /// Before everything: the earliest instant that can be held.
    pub const MIN: Self = Self::from_ms(i64::MIN);
    /// After everything.
    pub const MAX: Self = Self::from_ms(i64::MAX);

    /// The instant so many milliseconds after 1970-01-01T00:00Z. The least number of all cannot
    /// be held; it gives [`Instant::MIN`].
    #[must_use]
    pub const fn from_ms(ms: i64) -> Self {
        match Self::held(ms) {
            Some(instant) => instant,
            None => Self(NonZeroU64::MIN),
        }
    }

    /// Milliseconds since 1970-01-01T00:00Z.
    #[must_use]
    pub const fn ms(self) -> i64 {
        (self.0.get() ^ SHIFT).cast_signed()
    }

    const fn held(ms: i64) -> Option<Self> {
        match NonZeroU64::new(ms.cast_unsigned() ^ SHIFT) {
            Some(shifted) => Some(Self(shifted)),
            None => None,
        }
    }

    /// This instant and a number of milliseconds, if the sum can be held.
    #[must_use]
    pub const fn plus_ms(self, ms: i64) -> Option<Self> {
        match self.ms().checked_add(ms) {
            Some(sum) => Self::held(sum),
            None => None,
        }
    }

    /// This instant less a number of milliseconds, if the difference can be held.
    #[must_use]
    pub const fn minus_ms(self, ms: i64) -> Option<Self> {
        match self.ms().checked_sub(ms) {
            Some(rest) => Self::held(rest),
            None => None,
        }
    }

    /// Milliseconds from `earlier` to this instant, negative if it is the later one; held at the
    /// ends of the number range.
    #[must_use]
    pub const fn ms_since(self, earlier: Self) -> i64 {
        self.ms().saturating_sub(earlier.ms())
    }

    /// The instant of a `chrono` time, rounded down to the millisecond.
    #[must_use]
    pub fn from_utc(at: DateTime<Utc>) -> Self {
        Self::from_ms(at.timestamp_millis())
    }

    /// This instant as a `chrono` time; nothing outside the years `chrono` can hold.
    #[must_use]
    pub fn to_utc(self) -> Option<DateTime<Utc>> {
        DateTime::from_timestamp_millis(self.ms())
    }
}

impl std::fmt::Debug for Instant {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Instant({})", self.ms())
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
            None => write!(f, "{} ms since 1970", self.ms()),
            Some(utc) => f.write_str(&utc.to_rfc3339_opts(SecondsFormat::AutoSi, true)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(ms: i64, shown: &str) {
        assert_eq!(Instant::from_ms(ms).to_string(), shown);
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
        assert_eq!(Instant::MAX.plus_ms(1), None);
        assert_eq!(Instant::MIN.minus_ms(1), None);
        assert_eq!(Instant::from_ms(5).plus_ms(-6), Some(Instant::from_ms(-1)));
        assert_eq!(Instant::MAX.ms_since(Instant::MIN), i64::MAX);
    }

    #[test]
    fn a_missing_instant_takes_no_room_and_order_is_kept() {
        assert_eq!(size_of::<Option<Instant>>(), 8);
        let sorted = [i64::MIN, -1, 0, 1, i64::MAX].map(Instant::from_ms);
        assert!(sorted.is_sorted());
        assert_eq!(sorted[1..].iter().map(|at| at.ms()).collect::<Vec<_>>(), [-1, 0, 1, i64::MAX]);
    }
}
