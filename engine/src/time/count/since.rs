//! What lies within a term before an instant.

use crate::time::calendar::Calendar;
use crate::time::count::{Ends, Rules, TimeError, before};
use crate::time::instant::Instant;
use crate::time::term::Term;

/// The first instant that lies within a term before another, which counts as within. A term in
/// days or longer goes back by the calendar to the whole of a day, in the zone of the calendar: 12
/// months before any time of 2 March 2026 is the beginning of 2 March 2025. Minutes and hours go
/// back exactly. A term that leads out of what calendars know has no beginning.
///
/// # Errors
/// [`TimeError::NeverOpen`] for working time on a calendar that never opens.
pub fn since(
    calendar: &Calendar,
    rules: Rules,
    at: Instant,
    term: Term,
) -> Result<Instant, TimeError> {
    let rules = Rules { ends: Ends::Midnight, ..rules };
    match before(calendar, rules, at, term) {
        Ok(earliest) if term.unit.is_counted_in_days() => {
            let zone = calendar.zone();
            Ok(zone.day_start(zone.civil(earliest).date()))
        }
        Ok(earliest) => Ok(earliest),
        Err(TimeError::OutOfRange) => Ok(Instant::MIN),
        Err(error) => Err(error),
    }
}
