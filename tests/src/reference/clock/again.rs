//! Instances that begin: on a point, in place of another, for the next period, or because `when`
//! holds again.

use engine::model::{Deadline, DeadlineId};
use engine::time::Start;

use crate::reference::case::Life;
use crate::reference::work::{Grid, No, Work};

impl Work<'_> {
    pub(crate) fn restart(&mut self, id: DeadlineId, deadline: &Deadline) -> Result<(), No> {
        if self.began.contains(&id) || self.not_here(deadline) {
            return Ok(());
        }
        let Some(start) = self.start_on(&deadline.restarts) else { return Ok(()) };
        self.replace(id);
        let late = self.is_of_a_receipt(&deadline.restarts);
        self.begin(id, deadline, start, late, None)
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
    pub(crate) fn repeat(
        &mut self,
        id: DeadlineId,
        deadline: &Deadline,
        start: Start,
        grid: Grid,
    ) -> Result<(), No> {
        if self.ends_now(deadline) || self.began.contains(&id) || self.not_here(deadline) {
            return Ok(());
        }
        self.replace(id);
        self.begin(id, deadline, start, false, grid)
    }

    /// Whether something that ends a deadline happened in this decision.
    fn ends_now(&self, deadline: &Deadline) -> bool {
        self.happened_at_all(&deadline.cancelled_by)
            || deadline.every.as_ref().is_some_and(|it| self.happened_at_all(&it.until))
    }

    pub(crate) fn start(&mut self, id: DeadlineId, deadline: &Deadline) -> Result<(), No> {
        if let Some(each) = deadline.for_each {
            return self.start_entry(id, deadline, each);
        }
        let repeats = self.again.iter().any(|(it, ..)| *it == id);
        let busy = self.case.open(id).is_some() || self.began.contains(&id) || repeats;
        if busy || self.not_here(deadline) {
            return Ok(());
        }
        if let Some(start) = self.start_on(&deadline.starts) {
            let late = self.is_of_a_receipt(&deadline.starts);
            return self.begin(id, deadline, start, late, None);
        }
        Ok(())
    }

    /// A deadline whose `when` holds again.
    pub(crate) fn revive(&mut self, id: DeadlineId, deadline: &Deadline) -> Result<(), No> {
        let busy = self.case.open(id).is_some() || self.began.contains(&id);
        if busy || self.not_here(deadline) {
            return Ok(());
        }
        if let Some(start) = self.case.waiting.get(&id).copied()
            && self.holds_if_any(deadline.when.as_ref())?
        {
            self.case.waiting.remove(&id);
            return self.begin(id, deadline, start, true, None);
        }
        Ok(())
    }

    /// Duties do not begin in an end stage, unless they outlive the closing.
    pub(crate) fn not_here(&self, deadline: &Deadline) -> bool {
        let outlives = deadline.window || deadline.after_close;
        self.in_end_stage() && (!outlives || self.case.merged)
    }
}
