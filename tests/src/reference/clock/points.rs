//! Which points of a decision concern a clock.

use engine::model::{Deadline, DeadlineId, EventId, MetBy, Period, Point};
use engine::time::{NaiveDate, Start};

use crate::reference::work::{No, Work};

impl Work<'_> {
    /// The points that are worked off now: what a clock makes waits until all clocks had their
    /// turn.
    fn seen(&self) -> &[(Point, Option<NaiveDate>)] {
        &self.points[self.seen_from..self.seen_to]
    }

    /// Turns to the points that clocks made since, in file order of the clocks.
    pub(crate) fn turn(&mut self) {
        self.seen_from = self.seen_to;
        self.seen_to = self.points.len();
        self.points[self.seen_from..].sort_by_key(|(point, _)| maker(*point));
    }

    /// Whether one of these points happened in this decision so far.
    pub(crate) fn happened_at_all(&self, wanted: &[Point]) -> bool {
        self.points.iter().any(|(it, _)| wanted.contains(it))
    }

    pub(crate) fn happened(&self, wanted: &[Point]) -> bool {
        self.seen().iter().any(|(it, _)| wanted.contains(it))
    }

    /// From when a clock counts that one of these points starts: the first that happened. A date
    /// counts from that date.
    pub(crate) fn start_on(&self, wanted: &[Point]) -> Option<Start> {
        let (point, date) = self.seen().iter().find(|(it, _)| wanted.contains(it))?;
        if self.is_of_a_receipt(wanted) {
            return self.case.receipt;
        }
        Some(match (point, date) {
            (Point::Date(_), Some(date)) => {
                Start { at: self.protocol.zone.day_start(*date), date_only: true, receipt: false }
            }
            _ => self.start_now(),
        })
    }

    /// Whether what happened of these points first is a receipt of long ago: a case has been
    /// converted.
    pub(crate) fn is_of_a_receipt(&self, wanted: &[Point]) -> bool {
        let first = self.seen().iter().find(|(it, _)| wanted.contains(it));
        let opened = Point::Event(EventId::OPENED);
        first.is_some_and(|(it, _)| *it == opened)
            && self.event.is_some_and(|it| it.kind != EventId::OPENED)
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

    /// A period of a grid is not met before it begins.
    pub(crate) fn has_begun(&self, open: usize, deadline: &Deadline) -> bool {
        let on_a_grid = deadline.every.as_ref().is_some_and(|it| it.per == Period::Grid);
        !on_a_grid || self.at >= self.case.clocks[open].start.at
    }

    pub(crate) fn clock_name(&self, id: DeadlineId, occurrence: u16) -> String {
        format!("{}#{occurrence}", self.protocol.deadlines[id.index()].name)
    }
}

fn maker(point: Point) -> Option<DeadlineId> {
    match point {
        Point::Met(id) | Point::Breach(id) | Point::Lapse(id) | Point::Extended(id) => Some(id),
        _ => None,
    }
}
