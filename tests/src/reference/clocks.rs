//! What the clocks do: met, cancelled, paused or resumed, counted again, extended, restarted,
//! started; again with the points that clocks make, until nothing happens any more.

use engine::model::{DeadlineId, Deadline, Period, Point};
use engine::time::Start;

use super::case::Life;
use super::count::due_at;
use super::lengthen::Granted;
use super::work::{No, Work};

impl Work<'_> {
    pub(crate) fn clocks(&mut self, extensions: &[Granted]) -> Result<(), No> {
        let mut extensions = extensions.to_vec();
        loop {
            let before = self.said.len();
            while self.each(Work::meet)? {}
            self.each(Work::cancel)?;
            self.each(Work::stand_still)?;
            self.each(Work::recount)?;
            for granted in std::mem::take(&mut extensions) {
                self.extend(granted)?;
            }
            self.each(Work::restart)?;
            for (id, start) in std::mem::take(&mut self.again) {
                let deadline = &self.protocol.deadlines[id.index()];
                self.repeat(id, deadline, start)?;
            }
            self.each(Work::start)?;
            if self.said.len() == before {
                return Ok(());
            }
        }
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
        if self.began.contains(&id) || !self.is_met(&deadline.met_by)? {
            return Ok(());
        }
        let Some(open) = self.case.open(id) else {
            let never = self.case.latest(id).is_none();
            if never && self.case.done_early.insert(id) {
                self.say(format!("met early {}", deadline.name));
            }
            return Ok(());
        };
        if !self.has_begun(self.case.clocks[open].start.at) {
            return Ok(());
        }
        let next = self.next_period(open, deadline)?;
        self.met(open);
        self.again.extend(next.map(|start| (id, start)));
        Ok(())
    }

    /// From when the next period of a recurring duty counts that is met now.
    fn next_period(&self, open: usize, deadline: &Deadline) -> Result<Option<Start>, No> {
        let Some(every) = &deadline.every else { return Ok(None) };
        let due = due_at(self.protocol, &self.case.clocks[open])?;
        Ok(Some(match (every.per, due) {
            (Period::Grid, Some(at)) => Start { at, date_only: false, receipt: false },
            _ => self.start_now(false),
        }))
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
        if self.began.contains(&id) {
            return Ok(());
        }
        let ended = self.happened(&deadline.cancelled_by)
            || deadline.every.as_ref().is_some_and(|it| self.happened(&it.until));
        let closed = self.closes && !deadline.window && !deadline.after_close;
        let exists = self.holds_if_any(deadline.when.as_ref())?;
        let Some(open) = self.case.open(id) else {
            if (ended || closed) && self.case.waiting.remove(&id).is_some() {
                self.say(format!("forgotten {}", deadline.name));
            }
            return Ok(());
        };
        let why = match (ended, closed, exists) {
            (true, _, _) => "point",
            (_, true, _) => "closed",
            (_, _, false) => "when",
            _ => return Ok(()),
        };
        let clock = &mut self.case.clocks[open];
        clock.life = Life::Cancelled;
        let (occurrence, start) = (clock.occurrence, clock.start);
        let name = self.clock_name(id, occurrence);
        self.say(format!("cancelled {name} {why}"));
        if why == "when" {
            self.wait(id, start);
        }
        Ok(())
    }

    pub(crate) fn wait(&mut self, id: DeadlineId, start: Start) {
        self.case.waiting.insert(id, start);
        let name = &self.protocol.deadlines[id.index()].name;
        self.say(format!("waiting {name} from {}", start.at));
    }

    fn restart(&mut self, id: DeadlineId, deadline: &Deadline) -> Result<(), No> {
        if self.began.contains(&id) || self.not_here(deadline) {
            return Ok(());
        }
        let Some(start) = self.start_on(&deadline.restarts) else { return Ok(()) };
        self.replace(id);
        self.case.waiting.remove(&id);
        self.begin(id, deadline, start)
    }

    /// The open instance gives way.
    pub(crate) fn replace(&mut self, id: DeadlineId) {
        if let Some(open) = self.case.open(id) {
            let clock = &mut self.case.clocks[open];
            clock.life = Life::Replaced;
            let occurrence = clock.occurrence;
            let name = self.clock_name(id, occurrence);
            self.say(format!("replaced {name}"));
        }
    }

    /// The next period, unless what ends the recurrence happened in the same decision.
    fn repeat(&mut self, id: DeadlineId, deadline: &Deadline, start: Start) -> Result<(), No> {
        let ended = self.happened(&deadline.cancelled_by)
            || deadline.every.as_ref().is_some_and(|it| self.happened(&it.until));
        if ended || self.began.contains(&id) || self.not_here(deadline) {
            return Ok(());
        }
        self.replace(id);
        self.begin(id, deadline, start)
    }

    fn start(&mut self, id: DeadlineId, deadline: &Deadline) -> Result<(), No> {
        let busy = self.case.open(id).is_some() || self.began.contains(&id);
        if busy || self.not_here(deadline) {
            return Ok(());
        }
        if let Some(start) = self.case.waiting.get(&id).copied() {
            if self.holds_if_any(deadline.when.as_ref())? {
                self.case.waiting.remove(&id);
                self.begin(id, deadline, start)?;
            }
            return Ok(());
        }
        match self.start_on(&deadline.starts) {
            Some(start) => self.begin(id, deadline, start),
            None => Ok(()),
        }
    }

    /// Duties do not begin in an end stage, unless they outlive the closing.
    pub(crate) fn not_here(&self, deadline: &Deadline) -> bool {
        self.in_end_stage() && !deadline.window && !deadline.after_close
    }
}
