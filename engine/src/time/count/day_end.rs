//! When a day ends.

use crate::time::calendar::Calendar;
use crate::time::count::rules::Ends;
use crate::time::count::rules::Rules;
use crate::time::instant::DAY_MS;
use crate::time::instant::Instant;
use crate::time::zone::Civil;
use crate::time::zone::CivilNote;

/// The time of day at which `ends = "exact"` ends a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TimeOfDay {
    /// Milliseconds after civil midnight.
    Ms(i64),
    /// The last millisecond of the day, where only a date is known.
    Last,
}

impl TimeOfDay {
    /// The time of day at an instant.
    pub(crate) fn at(calendar: &Calendar, at: Instant) -> Self {
        Self::Ms(calendar.zone().civil_ms(at).rem_euclid(DAY_MS))
    }
}

/// The end of a day, by `ends`. Under `close` a day without windows has no close of business and
/// ends with its last millisecond.
pub(crate) fn day_end(calendar: &Calendar, rules: Rules, time: TimeOfDay, day: i32) -> Civil {
    let zone = calendar.zone();
    let plain = |at| Civil { at, note: CivilNote::Plain };
    match (rules.ends, time) {
        (Ends::Midnight, _) | (Ends::Exact, TimeOfDay::Last) => plain(zone.day_last_of(day)),
        (Ends::Close, _) => match calendar.windows_of(day).last() {
            Some(window) => plain(calendar.window_span(day, *window).1),
            None => plain(zone.day_last_of(day)),
        },
        (Ends::Exact, TimeOfDay::Ms(ms)) => {
            let civil_ms = i64::from(day).saturating_mul(DAY_MS).saturating_add(ms);
            zone.instant_of_ms(civil_ms, rules.twice)
        }
    }
}
