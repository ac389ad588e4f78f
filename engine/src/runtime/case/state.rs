//! One complaint from opening to the end, as a fold of its facts.

use crate::machine::Machine;
use crate::model::{
    ChannelId, DeadlineId, EventId, FieldId, GuaranteeId, IntakeId, LetterId, LevelId, Party,
    RuleId, RungId, StageId, WARNINGS_MAX,
};
use crate::runtime::{ClockId, Entries, Times};
use crate::script::Value;
use crate::text::Symbol;
use crate::time::{Instant, NaiveDate, Start};
use rust_decimal::Decimal;
use thin_vec::{ThinVec, thin_vec};

/// The state of a case. Made by [`fold`](crate::runtime::fold) and
/// [`apply`](crate::runtime::apply) only; reading it needs the machine it belongs to.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    /// The value of each field.
    pub fields: ThinVec<Value>,
    /// Every clock that ever began, in order of beginning.
    pub clocks: ThinVec<Clock>,
    /// What happened to the clocks, in order.
    pub marks: ThinVec<Mark>,
    /// Timed transitions of the current stage.
    pub timers: ThinVec<Timer>,
    /// What is known of clocks that have not begun.
    pub pending: ThinVec<Pending>,
    /// Who did what, where the protocol needs to know.
    pub acts: ThinVec<Act>,
    /// The letters that became due, each once, sorted.
    pub sent: ThinVec<LetterId>,
    /// The entries of its records; `None` where it has none.
    pub entries: Option<Box<Entries>>,
    /// What is known of the guarantees that were ever begun, kept, counted or broken, each once, in
    /// file order.
    pub promises: ThinVec<Promised>,
    /// The answers to the questions about the person's other cases, as the latest event brought
    /// them; as many as are not 0, and those before them.
    pub history: ThinVec<Value>,
    /// The stage.
    pub stage: StageId,
    /// The rung; number 0 where there is no ladder.
    pub rung: RungId,
    /// The severity; `None` where the protocol has no table, and before opening.
    pub severity: Option<LevelId>,
    /// How the complaint came.
    pub channel: Option<ChannelId>,
    /// The person who complains.
    pub complainant: Option<Symbol>,
    /// The person complained about.
    pub respondent: Option<Symbol>,
    /// When the case was opened; `None` before.
    pub opened_at: Option<Instant>,
    /// The instant of the latest fact.
    pub last_at: Instant,
    /// The instant of the latest event.
    pub reported_at: Instant,
    /// The latest instant at which time alone acted.
    pub acted_at: Instant,
    /// The number of the latest fact.
    pub sequence: u32,
    /// Whether the case ever went up; placement ends then.
    pub escalated: bool,
    /// Whether the case is in an end stage, or goes on as part of another.
    pub closed: bool,
    /// As what it was taken in, or what it has become; number 0 where a protocol has no kinds.
    pub intake: IntakeId,
    /// Whether only the date of its receipt is known; said where a protocol has kinds of intake.
    pub received_on_a_date: bool,
    /// Whether it goes on as part of another case.
    pub merged: bool,
    /// How many amendments of calendars hold for what it begins to count.
    pub amended: u16,
}

/// One instance of a deadline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clock {
    /// Which.
    pub id: ClockId,
    /// Whether it runs, stands still or has ended.
    pub state: ClockState,
    /// Whether it ran out unmet, whatever came after.
    pub breached: bool,
    /// The warnings already given, a bit each.
    pub warned: u16,
    /// The place of the term that applies.
    pub alternative: u16,
    /// The date that was agreed instead of a term, as known when it was last counted.
    pub agreed: Option<NaiveDate>,
    /// From when it counts.
    pub start: Start,
    /// Which period of a grid it is, from 1; 1 for every other clock. Periods of a grid end so
    /// many terms after the start of the first.
    pub period: u16,
    /// When it acts by itself.
    pub times: Times,
    /// When it was met, cancelled or replaced.
    pub ended_at: Option<Instant>,
    /// How many amendments of calendars it was counted with.
    pub amended: u16,
}

/// Where a clock is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ClockState {
    /// Open and counting, or out of time and still owed.
    Running,
    /// Open and standing still in this stage.
    Paused(StageId),
    /// Done in time.
    Met,
    /// Done after the due instant.
    MetLate,
    /// No longer owed.
    Cancelled,
    /// Gave way to a new instance.
    Replaced,
    /// A window that ran out unused.
    Lapsed,
}

impl Clock {
    /// A clock that has just begun and has not acted yet.
    pub(crate) const fn begun(id: ClockId, start: Start, alternative: u16, times: Times) -> Self {
        Self {
            id,
            state: ClockState::Running,
            breached: false,
            warned: 0,
            alternative,
            agreed: None,
            start,
            period: 1,
            times,
            ended_at: None,
            amended: 0,
        }
    }

    /// Whether the warning at this place of the deadline's `warn` was given.
    pub(crate) fn is_warned(&self, place: u16) -> bool {
        self.warned & warning_bit(place) != 0
    }

    /// The same clock after the warning at this place was given.
    pub(crate) fn having_warned(self, place: u16) -> Self {
        Self { warned: self.warned | warning_bit(place), ..self }
    }

    /// Whether it is still owed, or a window still open.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        matches!(self.state, ClockState::Running | ClockState::Paused(_))
    }

    /// Whether time is running: open, not paused, and its time is not up.
    #[must_use]
    pub const fn is_running(&self) -> bool {
        matches!(self.state, ClockState::Running) && !self.breached
    }
}

/// The bit of a warning; none for a place past [`WARNINGS_MAX`], which no deadline has.
fn warning_bit(place: u16) -> u16 {
    1u16.checked_shl(u32::from(place)).unwrap_or(0)
}

const _: () = assert!(WARNINGS_MAX == 16, "a clock keeps a bit for each warning");

/// Something that changed how a clock is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The clock.
    pub clock: ClockId,
    /// When.
    pub at: Instant,
    /// What.
    pub kind: MarkKind,
}

/// What changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MarkKind {
    /// It stands still from here, in this stage.
    Paused(StageId),
    /// It runs again from here.
    Resumed,
    /// It was lengthened by this extension, to this date where it is one.
    Extended(u16, Option<NaiveDate>),
    /// Another term applies from here.
    Recounted(u16),
}

/// A timed transition that is being counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timer {
    /// Its place in the stage's `after`.
    pub place: u16,
    /// When it acts.
    pub due: Instant,
    /// From when it counts.
    pub from: Instant,
    /// Whether something that was reported began it.
    pub receipt: bool,
    /// The entry of the protocol.
    pub rule: RuleId,
}

/// What is known of a guarantee in a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Promised {
    /// Which.
    pub guarantee: GuaranteeId,
    /// Where it stands.
    pub state: PromiseState,
    /// From when it counts; when it came to stand so where nothing has begun it.
    pub start: Start,
    /// When it ends by itself while it is open; `None` where it has no term.
    pub due: Option<Instant>,
    /// How often what it counts has happened; 1 for one that counts nothing, 0 for one that nothing
    /// has begun.
    pub count: u16,
}

/// Where a guarantee stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PromiseState {
    /// It asks for something, or forbids something, or counts.
    Open,
    /// It was kept, or asks for nothing any more.
    Kept,
    /// It did not hold.
    Broken,
}

/// What is known of a clock that has not begun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pending {
    /// Its duty is done already.
    Met(DeadlineId),
    /// It would count from here if its `when` held.
    Start(DeadlineId, Start),
}

/// Who did what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Act {
    /// The event.
    pub event: EventId,
    /// The rung at the time.
    pub rung: RungId,
    /// Whose act it was.
    pub by: Party,
    /// Which person.
    pub person: Option<Symbol>,
}

/// Makes one list the same as another. Most lists of most cases are empty, or as long as before.
#[inline]
fn copy<T: Copy>(to: &mut ThinVec<T>, from: &ThinVec<T>) {
    if to.is_empty() && from.is_empty() {
        return;
    }
    to.truncate(from.len());
    let (begin, rest) = from.split_at(to.len());
    to.copy_from_slice(begin);
    if !rest.is_empty() {
        to.extend_from_slice(rest);
    }
}

impl Case {
    /// A case of which nothing is known.
    #[must_use]
    pub fn new(machine: &Machine) -> Self {
        Self {
            fields: thin_vec![Value::Unset; machine.protocol.fields.len()],
            clocks: ThinVec::new(),
            marks: ThinVec::new(),
            timers: ThinVec::new(),
            pending: ThinVec::new(),
            acts: ThinVec::new(),
            sent: ThinVec::new(),
            entries: None,
            promises: ThinVec::new(),
            history: ThinVec::new(),
            stage: machine.protocol.start,
            rung: RungId(0),
            severity: None,
            channel: None,
            complainant: None,
            respondent: None,
            opened_at: None,
            last_at: Instant::MIN,
            reported_at: Instant::MIN,
            acted_at: Instant::MIN,
            sequence: 0,
            escalated: false,
            closed: false,
            intake: IntakeId(0),
            received_on_a_date: false,
            merged: false,
            amended: 0,
        }
    }

    /// Becomes the same as another case, keeping the memory it has.
    pub(crate) fn become_like(&mut self, other: &Self) {
        // Every field is named, so that none that is added later is left behind.
        let Self {
            fields,
            clocks,
            marks,
            timers,
            pending,
            acts,
            sent,
            entries,
            promises,
            history,
            stage,
            rung,
            severity,
            channel,
            complainant,
            respondent,
            opened_at,
            last_at,
            reported_at,
            acted_at,
            sequence,
            escalated,
            closed,
            intake,
            received_on_a_date,
            merged,
            amended,
        } = other;
        copy(&mut self.fields, fields);
        copy(&mut self.clocks, clocks);
        copy(&mut self.marks, marks);
        copy(&mut self.timers, timers);
        copy(&mut self.pending, pending);
        copy(&mut self.acts, acts);
        copy(&mut self.sent, sent);
        if self.entries.is_some() || entries.is_some() {
            self.entries.clone_from(entries);
        }
        copy(&mut self.promises, promises);
        copy(&mut self.history, history);
        self.stage = *stage;
        self.rung = *rung;
        self.severity = *severity;
        self.channel = *channel;
        self.complainant = *complainant;
        self.respondent = *respondent;
        self.opened_at = *opened_at;
        self.last_at = *last_at;
        self.reported_at = *reported_at;
        self.acted_at = *acted_at;
        self.sequence = *sequence;
        self.escalated = *escalated;
        self.closed = *closed;
        self.intake = *intake;
        self.received_on_a_date = *received_on_a_date;
        self.merged = *merged;
        self.amended = *amended;
    }

    /// The value of a field; unset for a field of another machine.
    #[must_use]
    pub fn field(&self, field: FieldId) -> Value {
        self.fields.get(field.index()).copied().unwrap_or(Value::Unset)
    }

    /// The answer to a question about the person's other cases, by its place; 0 where no event
    /// has brought one.
    #[must_use]
    pub fn history(&self, question: u16) -> Value {
        let none = Value::Number(Decimal::ZERO);
        self.history.get(usize::from(question)).copied().unwrap_or(none)
    }

    /// The latest instance of a deadline.
    #[must_use]
    pub fn latest(&self, deadline: DeadlineId) -> Option<&Clock> {
        self.clocks.iter().rev().find(|clock| clock.id.deadline == deadline)
    }

    /// The open instance of a deadline of the case; there is at most one.
    #[must_use]
    pub fn open(&self, deadline: DeadlineId) -> Option<&Clock> {
        self.latest(deadline).filter(|clock| clock.is_open())
    }

    /// Every open instance of a deadline, in order of beginning: of one for each entry there may
    /// be several.
    pub fn all_open(&self, deadline: DeadlineId) -> impl Iterator<Item = &Clock> {
        self.clocks.iter().filter(move |clock| clock.id.deadline == deadline && clock.is_open())
    }

    /// The clock with this id.
    #[must_use]
    pub fn clock(&self, id: ClockId) -> Option<&Clock> {
        self.clocks.iter().rev().find(|clock| clock.id == id)
    }

    /// Whether the duty of a deadline was done before its first clock began.
    #[must_use]
    pub fn met_early(&self, deadline: DeadlineId) -> bool {
        self.pending.contains(&Pending::Met(deadline))
    }

    /// What is known of a guarantee; `None` where nothing has begun, kept or broken it.
    #[must_use]
    pub fn promise(&self, guarantee: GuaranteeId) -> Option<&Promised> {
        let place = self.promises.binary_search_by_key(&guarantee, |it| it.guarantee).ok()?;
        self.promises.get(place)
    }

    /// The guarantees that are open and end by themselves, with their instants. A case that goes
    /// on as part of another owes nothing.
    pub(crate) fn promises_due(&self) -> impl Iterator<Item = (GuaranteeId, Instant)> {
        let open = self.promises.iter().filter(|it| it.state == PromiseState::Open);
        open.filter(|_| !self.merged).filter_map(|it| Some((it.guarantee, it.due?)))
    }

    /// From when a deadline would count if its `when` held.
    #[must_use]
    pub fn waiting(&self, deadline: DeadlineId) -> Option<Start> {
        self.pending.iter().find_map(|pending| match pending {
            Pending::Start(id, start) if *id == deadline => Some(*start),
            _ => None,
        })
    }
}
