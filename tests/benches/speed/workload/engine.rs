//! The workload through the engine: decided, applied, its facts and timers kept.

use engine::machine::Machine;
use engine::runtime::{Case, Context, Event, Fact, Scratch, apply, decide_into, next_due};
use engine::time::Instant;

use crate::workload::timers::{Cause, Timers};

/// All cases, what was concluded of them, and when time will act on them.
pub(crate) struct Engine<'m> {
    machine: &'m Machine,
    pub(crate) cases: Vec<Case>,
    scratch: Scratch,
    pub(crate) facts: Vec<Fact>,
    timers: Timers,
    /// When each case will be looked at.
    looking: Vec<Option<Instant>>,
    /// How often a case was woken because something was due.
    pub(crate) woken: usize,
}

impl<'m> Engine<'m> {
    /// As many new cases, with room for all facts, as the baseline has for its log.
    pub(crate) fn new(machine: &'m Machine, cases: usize, room: &Fact, facts: usize) -> Self {
        let mut log = vec![*room; facts];
        log.clear();
        Self {
            machine,
            cases: vec![Case::new(machine); cases],
            scratch: Scratch::new(machine),
            facts: log,
            timers: Timers::new(3 * cases),
            looking: vec![None; cases],
            woken: 0,
        }
    }

    /// One event of one case.
    #[inline]
    pub(crate) fn take(&mut self, id: u32, event: &Event, context: &Context<'_>) -> bool {
        while let Some(cause) = self.timers.next_before(event.at.ms()) {
            self.look(cause.case, event.at);
        }
        let case = &mut self.cases[id as usize];
        if decide_into(self.machine, case, event, context, &mut self.scratch).is_err() {
            return false;
        }
        for fact in &self.scratch.facts {
            apply(case, fact);
        }
        self.facts.extend_from_slice(&self.scratch.facts);
        self.look_again(id);
        true
    }

    /// Something may be due in a case: it has been met since, or it is due later now.
    fn look(&mut self, id: u32, at: Instant) {
        self.looking[id as usize] = None;
        self.woken += usize::from(next_due(&self.cases[id as usize]).is_some_and(|due| due <= at));
        self.look_again(id);
    }

    /// Makes sure that the case is looked at when something is due in it. One that is looked at
    /// too early is only set again.
    #[inline]
    fn look_again(&mut self, id: u32) {
        let looking = &mut self.looking[id as usize];
        let due = next_due(&self.cases[id as usize]);
        if let Some(due) = due.filter(|due| looking.is_none_or(|at| *due < at)) {
            *looking = Some(due);
            self.timers.push(due.ms(), Cause { case: id, clock: 0 });
        }
    }
}
