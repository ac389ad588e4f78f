//! What the clocks do: met, cancelled, paused or resumed, counted again, extended, restarted,
//! started; again with the points that clocks make, until nothing happens any more.

use engine::model::{Deadline, DeadlineId, Period, Point};
use engine::time::Start;

use crate::reference::case::Life;
use crate::reference::clock::count::due_at;
use crate::reference::event::lengthen::Granted;
use crate::reference::work::{Grid, No, Work};

impl Work<'_> {
    pub(crate) fn clocks(&mut self, extensions: &[Granted]) -> Result<(), No> {
        let mut extensions = extensions.to_vec();
        loop {
            let before = self.said.len();
            loop {
                let before = self.said.len();
                self.turn();
                self.each(Work::meet)?;
                self.each(Work::cancel)?;
                self.each(Work::cease)?;
                self.rest_of_round(&std::mem::take(&mut extensions))?;
                self.each(Work::revive)?;
                if self.said.len() == before {
                    break;
                }
            }
            if self.closes && !std::mem::replace(&mut self.closed, true) {
                self.each(Work::close)?;
            }
            for (id, start, grid) in std::mem::take(&mut self.again) {
                self.repeat(id, &self.protocol.deadlines[id.index()], start, grid)?;
            }
            if self.said.len() == before {
                return Ok(());
            }
        }
    }

    fn rest_of_round(&mut self, extensions: &[Granted]) -> Result<(), No> {
        self.each(Work::stand_still)?;
        self.run_again()?;
        self.recount()?;
        for granted in extensions {
            self.extend(*granted)?;
        }
        self.each(Work::restart)?;
        self.each(Work::start)?;
        Ok(())
    }

    /// One thing for each deadline in file order; whether anything happened.
    fn each(
        &mut self,
        mut act: impl FnMut(&mut Self, DeadlineId, &Deadline) -> Result<(), No>,
    ) -> Result<bool, No> {
        let before = self.said.len();
        let protocol = self.protocol;
        for (place, deadline) in protocol.deadlines.iter().enumerate() {
            act(self, DeadlineId::at(place), deadline)?;
        }
        Ok(self.said.len() > before)
    }

    fn meet(&mut self, id: DeadlineId, deadline: &Deadline) -> Result<(), No> {
        if let Some(each) = deadline.for_each {
            return self.meet_entries(id, each, &deadline.met_by);
        }
        if self.began.contains(&id) || !self.is_met(&deadline.met_by)? {
            return Ok(());
        }
        let Some(open) = self.case.open(id) else {
            // What comes back cannot be done once for all.
            let never = deadline.every.is_none() && self.case.latest(id).is_none();
            if never && self.case.done_early.insert(id) {
                self.say(format!("met early {}", deadline.name));
            }
            return Ok(());
        };
        if !self.has_begun(open, deadline) {
            return Ok(());
        }
        let next = self.next_period(open, deadline)?;
        self.met(open);
        self.again.extend(next.map(|(start, grid)| (id, start, grid)));
        Ok(())
    }

    /// From when the next period of a recurring duty counts that is met now.
    pub(crate) fn next_period(
        &self,
        open: usize,
        deadline: &Deadline,
    ) -> Result<Option<(Start, Grid)>, No> {
        let Some(every) = &deadline.every else { return Ok(None) };
        let clock = &self.case.clocks[open];
        if every.per == Period::Meeting {
            return Ok(Some((self.start_now(), None)));
        }
        let at = due_at(self.protocol, clock)?.unwrap_or(self.at);
        let start = Start { at, date_only: false, receipt: false };
        Ok(Some((start, Some((clock.origin, clock.period + 1)))))
    }

    pub(crate) fn met(&mut self, place: usize) {
        let clock = &mut self.case.clocks[place];
        clock.life = if clock.breached { Life::MetLate } else { Life::Met };
        let late = if clock.breached { " late" } else { "" };
        let (id, occurrence) = (clock.deadline, clock.occurrence);
        let name = self.clock_name(id, occurrence);
        self.say(format!("met {name}{late}"));
        self.points.push((Point::Met(id), None));
    }

    fn cancel(&mut self, id: DeadlineId, deadline: &Deadline) -> Result<(), No> {
        if let Some(each) = deadline.for_each {
            self.cancel_entries(id, each, &deadline.cancelled_by);
            return Ok(());
        }
        if self.began.contains(&id) {
            return Ok(());
        }
        let ended = self.happened(&deadline.cancelled_by)
            || deadline.every.as_ref().is_some_and(|it| self.happened(&it.until));
        if ended {
            self.forget(id);
        }
        match self.case.open(id) {
            Some(open) if ended => self.cancelled(open, "point"),
            _ => {}
        }
        Ok(())
    }

    /// What is no longer owed because `when` does not hold.
    fn cease(&mut self, id: DeadlineId, deadline: &Deadline) -> Result<(), No> {
        let open = self.case.open(id).filter(|_| !self.began.contains(&id));
        if let Some(open) = open
            && !self.holds_if_any(deadline.when.as_ref())?
        {
            self.cancelled(open, "when");
        }
        Ok(())
    }

    /// What is no longer owed by the closing, which has met by now whatever it meets.
    fn close(&mut self, id: DeadlineId, deadline: &Deadline) -> Result<(), No> {
        let merged = self.case.merged;
        if !merged && (deadline.window || deadline.after_close) {
            return Ok(());
        }
        self.forget(id);
        for place in 0..self.case.clocks.len() {
            if self.case.clocks[place].deadline == id && self.case.clocks[place].is_open() {
                self.cancelled(place, if merged { "merged" } else { "closed" });
            }
        }
        Ok(())
    }

    fn forget(&mut self, id: DeadlineId) {
        if self.case.waiting.remove(&id).is_some() {
            let name = &self.protocol.deadlines[id.index()].name;
            self.say(format!("forgotten {name}"));
        }
    }

    pub(crate) fn cancelled(&mut self, open: usize, why: &str) {
        let clock = &mut self.case.clocks[open];
        clock.life = Life::Cancelled;
        let (id, occurrence, start) = (clock.deadline, clock.occurrence, clock.start);
        let name = self.clock_name(id, occurrence);
        self.say(format!("cancelled {name} {why}"));
        if why == "when" {
            self.wait(id, start);
        }
    }

    pub(crate) fn wait(&mut self, id: DeadlineId, start: Start) {
        if self.case.waiting.insert(id, start) == Some(start) {
            return;
        }
        let name = &self.protocol.deadlines[id.index()].name;
        self.say(format!("waiting {name} from {}", start.at));
    }
}
