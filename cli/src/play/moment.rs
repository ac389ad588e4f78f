//! Dates and times as somebody types them.

use chrono::{DateTime, NaiveDateTime, NaiveTime};
use engine::runtime::ReportedAt;
use engine::time::{CivilNote, Instant, NaiveDate, Twice, Zone};

use crate::render::offset_text;
use crate::unusable::Unusable;

const HELP: &str = "write `2026-03-30T16:20` (a time of the protocol's zone), `2026-03-30`, or \
                    `16:20` for a time of the same day";

/// Reads a date, a civil time of the zone, an instant with its offset, or a time of day of the
/// day of `now`.
///
/// # Errors
/// It is none of these, or a civil time that does not exist or occurs twice.
pub(crate) fn read(zone: &Zone, now: Option<Instant>, text: &str) -> Result<ReportedAt, Unusable> {
    if let Ok(at) = DateTime::parse_from_rfc3339(text) {
        return Ok(ReportedAt::Instant(at.to_utc().into()));
    }
    if let Ok(on) = text.parse::<NaiveDate>() {
        return Ok(ReportedAt::Date(on));
    }
    let shapes =
        ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S%.f"];
    let civil = shapes.iter().find_map(|shape| NaiveDateTime::parse_from_str(text, shape).ok());
    let time = || NaiveTime::parse_from_str(text, "%H:%M").ok();
    let today = || Some(zone.civil(now?).date().and_time(time()?));
    let Some(civil) = civil.or_else(today) else {
        return Err(Unusable::new(format!("`{text}` is no date and no time")).help(HELP));
    };
    let found = zone.instant(civil, Twice::Earlier);
    let problem = match found.note {
        CivilNote::Plain => return Ok(ReportedAt::Instant(found.at)),
        CivilNote::Skipped => "does not exist: the clocks go forward over it",
        CivilNote::Repeated => "occurs twice: the clocks go back over it",
    };
    let offset = offset_text(zone.offset_seconds(found.at));
    let civil = civil.format("%Y-%m-%dT%H:%M:%S");
    let help = format!("write the offset from UTC as well: `{civil}{offset}`");
    Err(Unusable::new(format!("`{text}` {problem} in {}", zone.name())).help(help))
}

/// An instant; a date alone is not enough.
///
/// # Errors
/// As [`read`].
pub(crate) fn instant(zone: &Zone, now: Option<Instant>, text: &str) -> Result<Instant, Unusable> {
    match read(zone, now, text)? {
        ReportedAt::Instant(at) => Ok(at),
        ReportedAt::Date(_) => {
            let what = format!("`{text}` is a date without a time");
            Err(Unusable::new(what).help(format!("add the time: `{text}T09:00`")))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let zone = Zone::find("Europe/Amsterdam").unwrap();
        let now = Some(Instant::from_ms(1_776_178_800_000));
        let shown = match read(&zone, now, text) {
            Ok(ReportedAt::Instant(at)) => zone.civil(at).to_string(),
            Ok(ReportedAt::Date(on)) => format!("on {on}"),
            Err(error) => error.to_string().lines().next().unwrap_or_default().to_owned(),
        };
        assert_eq!(shown, expected, "{text}");
    }

    #[test]
    fn a_moment_is_read_in_the_zone_of_the_protocol() {
        check("2026-03-30", "on 2026-03-30");
        check("2026-03-30T16:20", "2026-03-30 16:20:00");
        check("2026-03-30 16:20", "2026-03-30 16:20:00");
        check("2026-03-30T16:20:00Z", "2026-03-30 18:20:00");
        check("09:05", "2026-04-14 09:05:00");
        check("next friday", "`next friday` is no date and no time");
        check("2026-02-30", "`2026-02-30` is no date and no time");
    }

    #[test]
    fn a_time_that_the_clocks_pass_over_or_repeat_needs_its_offset() {
        check(
            "2026-03-29T02:30",
            "`2026-03-29T02:30` does not exist: the clocks go forward over it in Europe/Amsterdam",
        );
        check(
            "2026-10-25T02:30",
            "`2026-10-25T02:30` occurs twice: the clocks go back over it in Europe/Amsterdam",
        );
        check("2026-10-25T02:30:00+01:00", "2026-10-25 02:30:00");
    }
}
