//! Dates, and the example by which terms are counted.

use engine::letter::words;
use engine::machine::Machine;
use engine::model::{Deadline, DeadlineId};
use engine::runtime;
use engine::time::{Instant, NaiveDate};

use crate::page::Line;
use crate::say::Say;

/// The day from which an example counts where a protocol holds from no day.
const EXAMPLE_FROM: Option<NaiveDate> = NaiveDate::from_ymd_opt(2026, 1, 1);

/// When clocks start in examples: the first opening, on the calendar of the protocol, from the day
/// on from which it holds.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Example {
    /// The instant; none where calendars know nothing of it.
    pub(crate) at: Option<Instant>,
}

impl Example {
    pub(crate) fn of(machine: &Machine) -> Self {
        let protocol = &machine.protocol;
        let from = protocol.effective_from.or(EXAMPLE_FROM);
        let from = from.map(|it| protocol.zone.day_start(it));
        let opening = |at| protocol.calendars.first().and_then(|it| it.open_from(at)).or(Some(at));
        Self { at: from.and_then(opening) }
    }
}

impl Say<'_> {
    pub(crate) fn date(&self, on: NaiveDate) -> String {
        words::date(self.language, on)
    }

    /// A date with the time of day, unless it is the very end of the day.
    pub(crate) fn instant(&self, at: Instant) -> String {
        let zone = &self.machine.protocol.zone;
        let civil = zone.civil(at);
        let date = self.date(civil.date());
        if zone.day_last(civil.date()) == at {
            return date;
        }
        format!("{date}, {}", words::time(self.language, civil))
    }

    /// When a deadline is due in the example, a line for each of its terms; none where nothing is
    /// counted.
    pub(crate) fn worked(&self, id: DeadlineId, deadline: &Deadline) -> Vec<Line> {
        let Some(at) = self.example.at.filter(|_| deadline.due.is_none()) else {
            return Vec::new();
        };
        let start = runtime::start_at(deadline, at, false);
        let mut lines = Vec::new();
        for variant in self.variants(deadline) {
            let answer = runtime::due_with_term(self.machine, id, start, variant.place);
            let due = answer.ok().and_then(|it| it.due).and_then(|it| it.at);
            if let Some(due) = due {
                lines.push(self.labelled(&variant.label, self.instant(due).into()));
            }
        }
        lines
    }
}
