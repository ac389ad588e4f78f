//! Deadlines of which every entry of a record has a clock of its own.

use engine::model::{Agreed, Deadline, DeadlineId, EntryAct, ForEach, MetBy, Point};
use engine::script::Value;

use crate::reference::case::RefClock;
use crate::reference::work::{No, Work};

impl Work<'_> {
    /// Whether a clock began in this decision: of those for entries only that of the event's own.
    pub(crate) fn is_new(&self, clock: &RefClock) -> bool {
        let each = self.protocol.deadlines[clock.deadline.index()].for_each;
        let own = self.entry.is_some_and(|(_, number)| number == clock.occurrence);
        self.began.contains(&clock.deadline) && (each.is_none() || own)
    }

    /// The open clocks of a deadline that did not begin just now, by their places.
    pub(crate) fn old_clocks(&self, id: DeadlineId) -> Vec<usize> {
        let clocks = self.case.clocks.iter().enumerate();
        let old = clocks.filter(|(_, it)| it.deadline == id && it.is_open() && !self.is_new(it));
        old.map(|(place, _)| place).collect()
    }

    /// Whether a point concerns a clock: what happens to an entry concerns its own clock alone.
    fn concerns(&self, each: ForEach, clock: &RefClock, point: Point) -> bool {
        let Point::Event(event) = point else { return true };
        match self.protocol.events[event.index()].of {
            Some(of) if of.record == each.record => {
                self.entry == Some((each.record, clock.occurrence))
            }
            _ => true,
        }
    }

    pub(crate) fn meet_entries(
        &mut self,
        id: DeadlineId,
        each: ForEach,
        met_by: &[MetBy],
    ) -> Result<(), No> {
        for place in self.old_clocks(id) {
            let mut is_met = false;
            for it in met_by {
                let here = self.concerns(each, &self.case.clocks[place], it.on);
                is_met |= here && self.is_met(std::slice::from_ref(it))?;
            }
            if is_met {
                self.met(place);
            }
        }
        Ok(())
    }

    pub(crate) fn cancel_entries(&mut self, id: DeadlineId, each: ForEach, by: &[Point]) {
        for place in self.old_clocks(id) {
            let concerns = |it: &&Point| self.concerns(each, &self.case.clocks[place], **it);
            let points: Vec<Point> = by.iter().filter(concerns).copied().collect();
            if self.happened(&points) {
                self.cancelled(place, "point");
            }
        }
    }

    /// The clock of an entry begins when the entry is added; where the entry agrees on a date,
    /// not before that is known.
    pub(crate) fn start_entry(
        &mut self,
        id: DeadlineId,
        deadline: &Deadline,
        each: ForEach,
    ) -> Result<(), No> {
        let Some((record, number)) = self.entry.filter(|(record, _)| *record == each.record) else {
            return Ok(());
        };
        let of = self.event.and_then(|it| self.protocol.events[it.kind.index()].of);
        let dated = deadline.due.is_some();
        let begins = of.is_some_and(|of| match of.act {
            EntryAct::Added => true,
            EntryAct::Changed => dated,
            EntryAct::Done => false,
        });
        let has_one =
            self.case.clocks.iter().any(|it| it.deadline == id && it.occurrence == number);
        let entry = &self.case.entries_of(record)[usize::from(number) - 1];
        let undated = match deadline.due {
            Some(Agreed::Entry(field)) => {
                let name = &self.protocol.records[record.index()].fields[usize::from(field)];
                !matches!(entry.values.get(&name.field.name), Some(Value::Date(_)))
            }
            _ => false,
        };
        if !begins || has_one || entry.done_at.is_some() || undated || self.not_here(deadline) {
            return Ok(());
        }
        let start = self.start_now();
        self.begin(id, deadline, start, false, None)
    }
}
