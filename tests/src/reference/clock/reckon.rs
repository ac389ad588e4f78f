//! Clocks that begin, stand still, are counted again and are lengthened.

use engine::model::{Agreed, Choose, Deadline, DeadlineId, Pausing, Point, StageId};
use engine::runtime::Event;
use engine::script::Value;
use engine::time::Start;

use crate::reference::case::{Life, RefClock, Stretch};
use crate::reference::clock::count::{agreed_now, derived, is_agreed, pause_ends};
use crate::reference::event::lengthen::Granted;
use crate::reference::work::{Grid, No, Work};

impl<'a> Work<'a> {
    /// A clock begins, or is remembered for as long as its `when` does not hold. One that comes to
    /// exist again is due now if it would have been due before.
    pub(crate) fn begin(
        &mut self,
        id: DeadlineId,
        deadline: &Deadline,
        start: Start,
        again: bool,
        grid: Grid,
    ) -> Result<(), No> {
        self.began.insert(id);
        if !self.holds_if_any(deadline.when.as_ref())? {
            self.wait(id, start);
            return Ok(());
        }
        self.case.waiting.remove(&id);
        let earlier = self.case.clocks.iter().filter(|it| it.deadline == id).count();
        let occurrence = match (deadline.for_each, self.entry) {
            (Some(_), Some((_, number))) => number,
            _ => u16::try_from(earlier + 1).unwrap(),
        };
        let mut clock = RefClock {
            deadline: id,
            occurrence,
            start,
            origin: grid.map_or(start, |(origin, _)| origin),
            period: grid.map_or(1, |(_, period)| period),
            term: self.chosen(deadline)?,
            agreed: None,
            pauses: Vec::new(),
            extensions: Vec::new(),
            floor: None,
            before_floor: None,
            changed_at: self.at,
            warned: std::collections::BTreeSet::new(),
            breached: false,
            life: Life::Open,
        };
        clock.agreed = agreed_now(self.protocol, &self.case, &clock);
        self.case.clocks.push(clock);
        let place = self.case.clocks.len() - 1;
        let name = self.clock_name(id, occurrence);
        let term = self.case.clocks[place].term;
        self.say(format!("started {name} from {} term {term}", start.at));
        if again {
            let found = derived(self.protocol, &self.case.clocks[place], &[])?;
            if found.is_some_and(|due| due < self.at) {
                self.case.clocks[place].changed(self.at);
                self.say(format!("recounted {name} term {term}"));
            }
        }
        if self.case.done_early.remove(&id) {
            self.met(place);
            return Ok(());
        }
        self.stand_still_if_asked(place)
    }

    /// The place of the term that applies now.
    fn chosen(&self, deadline: &Deadline) -> Result<u16, No> {
        let at = |list: &[u16], place: u16| list[usize::from(place)];
        Ok(match &deadline.choose {
            Choose::Only => 0,
            Choose::BySeverity(list) => at(list, self.case.severity.map_or(0, |it| it.0)),
            Choose::ByRung(list) => at(list, self.case.rung.map_or(0, |it| it.0)),
            Choose::ByField(field, list) => match self.value_of(*field) {
                Value::Choice(place) => at(list, place),
                _ => *list.last().unwrap(),
            },
            Choose::First(list) => {
                for (when, place) in list {
                    if self.holds_if_any(when.as_ref())? {
                        return Ok(*place);
                    }
                }
                0
            }
        })
    }

    /// A clock counted again from the same start: with another term, or to another date.
    /// The clocks in the order in which they began.
    pub(crate) fn recount(&mut self) -> Result<(), No> {
        for place in 0..self.case.clocks.len() {
            let clock = &self.case.clocks[place];
            if clock.is_open() && !self.is_new(clock) {
                self.recount_one(place)?;
            }
        }
        Ok(())
    }

    fn recount_one(&mut self, place: usize) -> Result<(), No> {
        let clock = &self.case.clocks[place];
        let deadline = &self.protocol.deadlines[clock.deadline.index()];
        let (term, agreed) = (self.chosen(deadline)?, agreed_now(self.protocol, &self.case, clock));
        if clock.breached {
            return Ok(());
        }
        // A date that is set counts as changed, also where it is the same.
        let own = deadline.for_each.map(|it| (it.record, clock.occurrence));
        let set = match deadline.due {
            Some(Agreed::Field(field)) => self.happened(&[Point::Date(field)]),
            Some(Agreed::Entry(field)) if own == self.entry => {
                let sets = |it: &Event| it.brings_to_entry(field).is_some();
                let event = self.event.filter(|it| sets(it)).map(|it| it.kind);
                event.is_some_and(|it| self.happened(&[Point::Event(it)]))
            }
            _ => false,
        };
        if term == clock.term && agreed == clock.agreed && !set {
            return Ok(());
        }
        let clock = &mut self.case.clocks[place];
        clock.term = term;
        clock.agreed = agreed;
        clock.changed(self.at);
        let (id, occurrence) = (clock.deadline, clock.occurrence);
        let name = self.clock_name(id, occurrence);
        self.say(format!("recounted {name} term {term}"));
        Ok(())
    }

    pub(crate) fn extend(&mut self, granted: Granted) -> Result<(), No> {
        let id = granted.deadline;
        let Some(place) = self.case.open(id) else { return Ok(()) };
        let clock = &mut self.case.clocks[place];
        clock.extensions.push((granted.place, granted.until));
        clock.changed_at = self.at;
        let occurrence = clock.occurrence;
        let name = self.clock_name(id, occurrence);
        self.say(format!("extended {name} by {}", granted.place));
        self.points.push((Point::Extended(id), None));
        let clock = &self.case.clocks[place];
        if clock.paused_in().is_some() && is_agreed(self.protocol, clock) {
            return self.resume(place);
        }
        Ok(())
    }

    /// A clock stands still where the stage says so, and runs where it does not.
    pub(crate) fn stand_still(&mut self, id: DeadlineId, _: &Deadline) -> Result<(), No> {
        for place in self.old_clocks(id) {
            if self.enters && self.case.clocks[place].paused_in().is_none() {
                self.stand_still_if_asked(place)?;
            }
        }
        Ok(())
    }

    /// Clocks that stood still in the stage that was left run again, or stand still here; in the
    /// order in which they began.
    pub(crate) fn run_again(&mut self) -> Result<(), No> {
        for place in 0..self.case.clocks.len() {
            let clock = &self.case.clocks[place];
            let there = clock.paused_in();
            let here = self.case.stage.map(|(here, _)| here);
            if clock.is_open() && there.is_some() && there != here {
                self.resume(place)?;
                self.stand_still_if_asked(place)?;
            }
        }
        Ok(())
    }

    fn stand_still_if_asked(&mut self, place: usize) -> Result<(), No> {
        let clock = &self.case.clocks[place];
        let Some((stage, _)) = self.case.stage else { return Ok(()) };
        let Some(pausing) = self.pause_of(clock, stage) else { return Ok(()) };
        let deadline = &self.protocol.deadlines[clock.deadline.index()];
        let counted = derived(self.protocol, clock, &[])?.is_some();
        if !counted || !deadline.pausable || clock.breached || is_agreed(self.protocol, clock) {
            return Ok(());
        }
        let mut paused = clock.clone();
        paused.pauses.push(Stretch { stage, from: self.at, to: None });
        if let Some(limit) = pausing.limit {
            let ends = pause_ends(self.protocol, &paused, stage, limit)?;
            if ends.is_some_and(|ends| ends <= self.at) {
                return Ok(());
            }
        }
        let name = self.clock_name(clock.deadline, clock.occurrence);
        let stage = self.protocol.stages[stage.index()].name.clone();
        self.case.clocks[place] = paused;
        self.say(format!("paused {name} in {stage}"));
        Ok(())
    }

    /// What a stage says of a clock: nothing, or that it stands still, with a limit or without.
    pub(crate) fn pause_of(&self, clock: &RefClock, stage: StageId) -> Option<&'a Pausing> {
        let protocol = self.protocol;
        let pauses = &protocol.stages[stage.index()].pauses;
        pauses.iter().find(|it| it.deadline == clock.deadline)
    }

    pub(crate) fn resume(&mut self, place: usize) -> Result<(), No> {
        let at = self.at;
        let clock = &mut self.case.clocks[place];
        clock.resumed(at);
        clock.changed_at = at;
        let (id, occurrence) = (clock.deadline, clock.occurrence);
        let name = self.clock_name(id, occurrence);
        self.say(format!("resumed {name}"));
        Ok(())
    }
}
