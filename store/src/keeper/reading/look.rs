//! A case, or a stop, as somebody reads it.

use std::sync::Arc;

use engine::machine::Machine;
use engine::runtime::{
    Case, Clock, Context, Fact, Journal, Kept, NoDecision, Possible, Recorded, as_known_at,
    as_true_at, ledger, possible,
};
use engine::text::Strings;
use engine::time::{Due, Instant, Ledger, TimeError};

use crate::cases::{self, Failure, Standing, StreamId, Tenant};
use crate::keeper::amending::as_amended;
use crate::keeper::protocols::Shelf;
use crate::keeper::set::{decisions_of, stop};
use crate::keeper::{Keeper, Loaded};

/// How a case, or a stop, is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// As it is now.
    Now,
    /// As it was known at an instant: what was recorded by then, inclusive.
    AsKnownAt(Instant),
    /// As it truly was at an instant, as far as is known now.
    AsTrueAt(Instant),
}

/// A case or a stop, as somebody reads it.
#[derive(Debug)]
pub struct Look {
    /// The version of the protocol that it is pinned to.
    pub loaded: Arc<Loaded>,
    /// The strings of the case.
    pub strings: Strings,
    /// How it stands, as it is kept now, whatever the reading; its version with it.
    pub standing: Standing,
    /// The case in this reading; a stop as a case of its machine. A case that was not open then
    /// has no `opened_at`.
    pub case: Case,
    /// The facts that stand in this reading, in order.
    pub facts: Vec<Fact>,
    /// Everything that was decided until now, whatever the reading, in the order of deciding.
    pub kept: Vec<Kept>,
    /// The instant at which it is read: time has acted before then.
    pub at: Instant,
}

/// Why there is nothing to read.
#[derive(Clone, Debug, PartialEq)]
pub enum Unread {
    /// The place failed.
    Failed(Failure),
    /// Time cannot act on the case, because a condition breaks.
    Broken(Box<NoDecision>),
}

impl From<Failure> for Unread {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

impl Keeper {
    /// Reads a case, or a stop; nothing where there is none in this tenant. Asks the place, so
    /// that it may wait.
    ///
    /// # Errors
    /// The place failed, or time cannot act on the case.
    pub fn look(
        &self,
        tenant: Tenant,
        stream: StreamId,
        reading: Reading,
    ) -> Result<Option<Look>, Unread> {
        let kept = self.place().load(tenant, &[stream])?.pop().flatten();
        let Some(kept) = kept else { return Ok(None) };
        look_at(&self.shared().shelf, tenant, kept, reading, self.now()).map(Some)
    }
}

/// A stream that was loaded, as somebody reads it.
pub(super) fn look_at(
    shelf: &Shelf,
    tenant: Tenant,
    kept: cases::Kept,
    reading: Reading,
    now: Instant,
) -> Result<Look, Unread> {
    let mut loaded = shelf.get(tenant, kept.standing.protocol)?.ok_or_else(|| {
        let stream = kept.standing.stream;
        Failure::Damaged(format!("the stream {stream} is of a protocol that is not kept"))
    })?;
    let mut strings = loaded.machine.strings();
    let stop = stop(&loaded.machine, &kept.standing)?;
    let mut decided = decisions_of(shelf, tenant, &mut loaded, &kept, stop, &mut strings)?;
    let own = stop.and_then(|(id, _)| loaded.machine.stop(id)).unwrap_or(&loaded.machine);
    as_amended(own, &loaded.amended_at, &mut decided, now, &strings)
        .map_err(|none| Unread::Broken(Box::new(none)))?;
    let (at, case, facts) = read(own, &decided, reading, now, &strings)?;
    Ok(Look { loaded, strings, standing: kept.standing, case, facts, kept: decided, at })
}

fn read(
    machine: &Machine,
    decided: &[Kept],
    reading: Reading,
    now: Instant,
    strings: &Strings,
) -> Result<(Instant, Case, Vec<Fact>), Unread> {
    let context = Context::new(strings);
    let entries = decided.iter().map(|it| Recorded {
        recorded_at: it.recorded_at,
        event: it.event.as_ref(),
        facts: &it.facts,
    });
    let journal = Journal { entries: entries.collect() };
    let (at, read) = match reading {
        // What was recorded counts, also where the clock was set back since.
        Reading::Now => {
            let last = decided.iter().map(|it| it.recorded_at).max().unwrap_or(now);
            (now.max(last), as_known_at(machine, &journal, now.max(last), &context))
        }
        Reading::AsKnownAt(at) => (at, as_known_at(machine, &journal, at, &context)),
        Reading::AsTrueAt(at) => (at, as_true_at(machine, &journal, at, &context)),
    };
    let read = read.map_err(|none| Unread::Broken(Box::new(none)))?;
    Ok((at, read.case, read.facts))
}

impl Look {
    /// The machine that decides it: that of its stop, for a stop.
    #[must_use]
    pub fn machine(&self) -> &Machine {
        let machine = &self.loaded.machine;
        let stop = self.standing.stop.as_deref().and_then(|name| machine.protocol.stop(name));
        stop.and_then(|it| machine.stop(it)).unwrap_or(machine)
    }

    /// What would be said to each event now, in this reading. It asks every event of every party,
    /// so that it takes longer than deciding one.
    #[must_use]
    pub fn allowed(&self) -> Vec<Possible> {
        possible(self.machine(), &self.case, self.at, &Context::new(&self.strings))
    }

    /// The clock of a deadline, by its name and which instance of it, from 1.
    #[must_use]
    pub fn clock(&self, deadline: &str, occurrence: u16) -> Option<&Clock> {
        let deadlines = &self.machine().protocol.deadlines;
        let named = |it: &Clock| {
            deadlines.get(it.id.deadline.index()).is_some_and(|it| it.name == deadline)
        };
        self.case.clocks.iter().find(|it| it.id.occurrence == occurrence && named(it))
    }

    /// The working of the due instant of a clock, day by day; nothing where there is no such clock.
    ///
    /// # Errors
    /// A date outside what calendars know.
    pub fn ledger(
        &self,
        deadline: &str,
        occurrence: u16,
    ) -> Result<Option<(Ledger, Option<Due>)>, TimeError> {
        let clock = self.clock(deadline, occurrence);
        clock.map(|it| ledger(self.machine(), &self.case, it)).transpose()
    }
}
