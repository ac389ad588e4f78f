//! A case as plain maps, and clocks with their whole history.

use std::collections::{BTreeMap, BTreeSet};

use engine::model::{ChannelId, DeadlineId, EventId, LevelId, Party, RecordId, RungId, StageId};
use engine::script::Value;
use engine::text::Symbol;
use engine::time::{Instant, NaiveDate, Start};

/// A case. The first state is [`RefCase::default`].
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct RefCase {
    /// When it was opened.
    pub(crate) opened_at: Option<Instant>,
    /// The values of the fields that have one, by name.
    pub(crate) fields: BTreeMap<String, Value>,
    /// What the latest event knew of the person's other cases, by question.
    pub(crate) history: BTreeMap<u16, Value>,
    /// The stage, and when it was entered.
    pub(crate) stage: Option<(StageId, Start)>,
    /// The timed transitions of the stage that have not acted.
    pub(crate) timers: BTreeSet<u16>,
    /// The rung.
    pub(crate) rung: Option<RungId>,
    /// Whether it ever went up.
    pub(crate) escalated: bool,
    /// The severity.
    pub(crate) severity: Option<LevelId>,
    /// How it came.
    pub(crate) channel: Option<ChannelId>,
    /// The person complained about.
    pub(crate) respondent: Option<Symbol>,
    /// The person who complains.
    pub(crate) complainant: Option<Symbol>,
    /// The kind of intake; the first where there are none.
    pub(crate) intake: u16,
    /// From when it counts once it is a complaint.
    pub(crate) receipt: Option<Start>,
    /// Whether it goes on as part of another.
    pub(crate) merged: bool,
    /// Every clock that ever began, in order of beginning.
    pub(crate) clocks: Vec<RefClock>,
    /// Duties that were done before their first clock began.
    pub(crate) done_early: BTreeSet<DeadlineId>,
    /// From when deadlines would count whose `when` does not hold.
    pub(crate) waiting: BTreeMap<DeadlineId, Start>,
    /// Letters that became due, by name.
    pub(crate) sent: BTreeSet<String>,
    /// The entries of each record, in the order in which they were added.
    pub(crate) entries: BTreeMap<RecordId, Vec<RefEntry>>,
    /// Who did what on which rung.
    pub(crate) acts: Vec<Deed>,
    /// The instant of the latest thing that happened.
    pub(crate) last_at: Option<Instant>,
    /// The instant of the latest event.
    pub(crate) reported_at: Option<Instant>,
    /// The latest instant at which time acted.
    pub(crate) acted_at: Option<Instant>,
}

/// An entry of a record.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct RefEntry {
    pub(crate) id: String,
    pub(crate) at: Instant,
    pub(crate) done_at: Option<Instant>,
    /// The values of the fields that have one, by name.
    pub(crate) values: BTreeMap<String, Value>,
}

/// Who did what.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Deed {
    pub(crate) event: EventId,
    pub(crate) rung: Option<RungId>,
    pub(crate) party: Party,
    pub(crate) person: Option<Symbol>,
}

/// One instance of a deadline and all that ever happened to it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct RefClock {
    pub(crate) deadline: DeadlineId,
    /// From 1; the number of the entry where each has a clock of its own.
    pub(crate) occurrence: u16,
    /// From when it counts.
    pub(crate) start: Start,
    /// From when the first period of its grid counts; its own start for every other clock.
    pub(crate) origin: Start,
    /// Which period of its grid it is, from 1.
    pub(crate) period: u32,
    /// The place of the term that applies.
    pub(crate) term: u16,
    /// The agreed date, where the deadline has one instead of a term.
    pub(crate) agreed: Option<NaiveDate>,
    /// Its pauses, in order.
    pub(crate) pauses: Vec<Stretch>,
    /// Its extensions, in order: the place in `extend`, and the date of `until`.
    pub(crate) extensions: Vec<(u16, Option<NaiveDate>)>,
    /// The latest change of its term or its date: it is not due before that.
    pub(crate) floor: Option<Instant>,
    /// How many extensions came before that; later ones may be added to it.
    pub(crate) before_floor: Option<usize>,
    /// The latest change of how it is counted.
    pub(crate) changed_at: Instant,
    /// The warnings given, by their place.
    pub(crate) warned: BTreeSet<u16>,
    /// Whether it ran out unmet.
    pub(crate) breached: bool,
    /// What became of it.
    pub(crate) life: Life,
}

/// A pause.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Stretch {
    pub(crate) stage: StageId,
    pub(crate) from: Instant,
    pub(crate) to: Option<Instant>,
}

/// What became of a clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Life {
    Open,
    Met,
    MetLate,
    Cancelled,
    Replaced,
    Lapsed,
}

impl RefClock {
    /// Its term or its date changes.
    pub(crate) fn changed(&mut self, at: Instant) {
        self.floor = Some(at);
        self.before_floor = Some(self.extensions.len());
        self.changed_at = at;
    }

    /// It goes on after a pause. A change made in the pause counts from here, for what stands
    /// still is not due.
    pub(crate) fn resumed(&mut self, at: Instant) {
        if let Some(last) = self.pauses.last_mut().filter(|it| it.to.is_none()) {
            last.to = Some(at);
            self.floor = self.floor.map(|floor| if floor >= last.from { at } else { floor });
        }
    }

    pub(crate) fn is_open(&self) -> bool {
        self.life == Life::Open
    }

    pub(crate) fn paused_in(&self) -> Option<StageId> {
        self.pauses.last().filter(|it| it.to.is_none()).map(|it| it.stage)
    }
}

impl RefCase {
    pub(crate) fn entries_of(&self, record: RecordId) -> &[RefEntry] {
        self.entries.get(&record).map_or(&[], Vec::as_slice)
    }

    /// The latest instance of a deadline, by its place among the clocks.
    pub(crate) fn latest(&self, deadline: DeadlineId) -> Option<usize> {
        self.clocks.iter().rposition(|clock| clock.deadline == deadline)
    }

    /// The open instance of a deadline.
    pub(crate) fn open(&self, deadline: DeadlineId) -> Option<usize> {
        self.latest(deadline).filter(|place| self.clocks[*place].is_open())
    }

    pub(crate) fn clock(&self, deadline: DeadlineId) -> Option<&RefClock> {
        self.latest(deadline).map(|place| &self.clocks[place])
    }
}
