//! The dates for which something is proved.

use engine::model::Protocol;
use engine::time::NaiveDate;

/// The longest window, in days: about ten years.
pub const WINDOW_DAYS_MAX: i32 = 3_660;

/// Dates of receipt, both inclusive, in the zone of the protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Window {
    /// The first.
    pub from: NaiveDate,
    /// The last.
    pub to: NaiveDate,
}

/// How many days the window has that a protocol is looked at for where nothing else is asked.
const DAYS: i32 = 3 * 365;

impl Window {
    /// Three years from the date from which the protocol holds, or from 2025 where it says none;
    /// no longer than it holds.
    #[must_use]
    pub fn of(protocol: &Protocol) -> Self {
        let begin = NaiveDate::from_ymd_opt(2025, 1, 1).unwrap_or_default();
        let from = protocol.effective_from.unwrap_or(begin);
        let to = later(from, DAYS);
        let to = protocol.effective_to.filter(|last| *last >= from).map_or(to, |last| last.min(to));
        Self { from, to }
    }
}

/// So many days later; the same date where that cannot be held.
pub(super) fn later(date: NaiveDate, days: i32) -> NaiveDate {
    NaiveDate::from_epoch_days(date.to_epoch_days().saturating_add(days)).unwrap_or(date)
}
