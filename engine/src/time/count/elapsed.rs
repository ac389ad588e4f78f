//! How long something took.

use crate::time::calendar::Calendar;
use crate::time::calendar::LAST_DAY;
use crate::time::count::course::Pause;
use crate::time::count::hours::Meter;
use crate::time::instant::DAY_MS;
use crate::time::instant::Instant;
use crate::time::ledger::Silent;

/// Time between two instants, without the pauses in between.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Elapsed {
    /// Milliseconds inside the windows of the calendar.
    pub working_ms: i64,
    /// Milliseconds by the clock on the wall.
    pub actual_ms: i64,
}

/// The time from `from` to `to` outside the pauses, inside windows and altogether. Nothing if `to`
/// is not after `from`; windows outside 1970 to 2169 do not exist.
#[must_use]
pub fn elapsed(calendar: &Calendar, from: Instant, to: Instant, pauses: &[Pause]) -> Elapsed {
    if to <= from {
        return Elapsed::default();
    }
    let actual_ms = spent_ms(pauses, from, to);
    let civil_day = |at| calendar.zone().civil_ms(at).div_euclid(DAY_MS);
    let first = civil_day(from).saturating_sub(1).max(0);
    let last = civil_day(to).saturating_add(1).min(i64::from(LAST_DAY));
    let mut at = from;
    let mut working_ms = 0_i64;
    for day in first..=last {
        let day = i32::try_from(day).unwrap_or(LAST_DAY);
        for window in calendar.windows_of(day) {
            let (open, close) = calendar.window_span(day, *window);
            let (start, end) = (open.max(at), close.min(to));
            if start < end {
                working_ms = working_ms.saturating_add(spent_ms(pauses, start, end));
                at = end;
            }
        }
    }
    Elapsed { working_ms, actual_ms }
}

fn spent_ms(pauses: &[Pause], from: Instant, to: Instant) -> i64 {
    let mut meter = Meter { pauses, left_ms: i64::MAX, told: 0 };
    meter.spend(from, to, &mut Silent);
    i64::MAX.saturating_sub(meter.left_ms)
}
