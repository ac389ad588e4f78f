//! When somebody is next at work.

use crate::time::Instant;
use crate::time::calendar::{Calendar, LAST_DAY};
use crate::time::zone::day_number;

impl Calendar {
    /// The first instant from this one on at which the calendar is open: the same where it is
    /// open already. `None` where it never opens again within the days it knows.
    #[must_use]
    pub fn open_from(&self, at: Instant) -> Option<Instant> {
        let today = day_number(self.zone().civil(at).date());
        // Windows of yesterday may pass midnight.
        let mut day = today.saturating_sub(1).max(0);
        while day <= LAST_DAY {
            let spans = self.windows_of(day).iter().map(|window| self.window_span(day, *window));
            if let Some((opens, _)) = spans.filter(|(_, closes)| *closes > at).min() {
                return Some(opens.max(at));
            }
            let next = day.saturating_add(1);
            day = match next > today {
                true => self.working_days().nth_from(next, 1)?,
                false => next,
            };
        }
        None
    }
}
