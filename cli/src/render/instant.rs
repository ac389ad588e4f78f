//! Instants for programs.

use engine::time::{Instant, Zone, spoken};

const MINUTE_MS: i64 = 60_000;

/// RFC 3339 with the offset of the zone at that instant, with milliseconds only where they are
/// not zero: `2026-04-14T17:00:00+02:00`. An offset that RFC 3339 cannot write gives UTC.
pub(crate) fn rfc3339(zone: &Zone, at: Instant) -> String {
    let offset = zone.offset_seconds(at);
    if offset.rem_euclid(60) != 0 {
        return at.to_string();
    }
    let shape = match at.ms().rem_euclid(1_000) {
        0 => "%Y-%m-%dT%H:%M:%S",
        _ => "%Y-%m-%dT%H:%M:%S%.3f",
    };
    format!("{}{}", zone.civil(at).format(shape), offset_text(offset))
}

/// "Mon 30 Mar 2026 16:20": the minute in which something happened, for people. A due instant is
/// said whole.
pub(crate) fn spoken_minute(zone: &Zone, at: Instant) -> String {
    let minute = at.ms().div_euclid(MINUTE_MS).saturating_mul(MINUTE_MS);
    spoken(zone, Instant::from_ms(minute))
}

/// `+02:00`.
pub(crate) fn offset_text(seconds: i32) -> String {
    let sign = if seconds < 0 { '-' } else { '+' };
    let minutes = seconds.unsigned_abs() / 60;
    format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(zone: &str, ms: i64, written: &str) {
        let zone = Zone::find(zone).unwrap();
        assert_eq!(rfc3339(&zone, Instant::from_ms(ms)), written);
    }

    #[test]
    fn an_instant_is_written_with_the_offset_in_force_then() {
        let summer = 1_776_178_800_000;
        check("Europe/Amsterdam", summer, "2026-04-14T17:00:00+02:00");
        check("America/New_York", summer, "2026-04-14T11:00:00-04:00");
        check("Etc/UTC", summer - 1, "2026-04-14T14:59:59.999+00:00");
        check("Africa/Monrovia", 0, "1970-01-01T00:00:00Z");
    }
}
