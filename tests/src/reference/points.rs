//! Which points of a decision concern a clock.

use engine::model::{DeadlineId, MetBy, Point};
use engine::time::{Instant, Start};

use super::work::{No, Work};

impl Work<'_> {
    pub(crate) fn happened(&self, wanted: &[Point]) -> bool {
        self.points.iter().any(|(it, _)| wanted.contains(it))
    }

    /// From when a clock counts that one of these points starts: the first that happened. A date
    /// counts from that date.
    pub(crate) fn start_on(&self, wanted: &[Point]) -> Option<Start> {
        let (point, date) = self.points.iter().find(|(it, _)| wanted.contains(it))?;
        Some(match (point, date) {
            (Point::Date(_), Some(date)) => {
                Start { at: self.protocol.zone.day_start(*date), date_only: true, receipt: false }
            }
            _ => self.start_now(matches!(point, Point::Event(_))),
        })
    }

    /// Whether one of the points that meet a deadline happened, and on its condition.
    pub(crate) fn is_met(&self, met_by: &[MetBy]) -> Result<bool, No> {
        for it in met_by {
            if self.happened(&[it.on]) && self.holds_if_any(it.when.as_ref())? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// A clock of a later period is not met before that period begins.
    pub(crate) fn has_begun(&self, start: Instant) -> bool {
        self.at >= start
    }

    pub(crate) fn clock_name(&self, id: DeadlineId, occurrence: u16) -> String {
        format!("{}#{occurrence}", self.protocol.deadlines[id.index()].name)
    }
}
