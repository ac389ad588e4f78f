//! Dates and instants of a register, as somebody types them.

use engine::runtime::ReportedAt;
use engine::time::{Instant, NaiveDate, Zone};

use crate::play::read_moment;
use crate::unusable::Unusable;

/// An instant: a date alone means the end of that day in the zone of the protocol.
///
/// # Errors
/// It is no date and no time, or one that does not exist or occurs twice.
pub(crate) fn until(zone: &Zone, text: &str) -> Result<Instant, Unusable> {
    Ok(match read_moment(zone, None, text)? {
        ReportedAt::Instant(at) => at,
        ReportedAt::Date(date) => zone.day_last(date),
    })
}

/// A date, as `2026-03-30`.
///
/// # Errors
/// It is none.
pub(crate) fn day(text: &str) -> Result<NaiveDate, Unusable> {
    let what = || Unusable::new(format!("`{text}` is no date")).help("write it as `2026-03-30`");
    text.parse().map_err(|_| what())
}
