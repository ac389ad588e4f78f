//! A case without its instants.

use std::cmp::Ordering;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use engine::model::{DeadlineId, GuaranteeId, RecordId, StageId};
use engine::runtime::{Case, Clock, ClockState, MarkKind, Pending, PromiseState};
use engine::script::Value;

use crate::steps::given::{Known, known};

/// A case from which every instant is erased, and all that nothing that is asked can read any
/// more. Two cases with one key behave alike.
#[derive(Clone, Debug)]
pub struct Key(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    case: Case,
    open: Vec<Open>,
    bytes: Box<[u8]>,
}

/// Something that is being counted in a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Item {
    /// The open clock of a deadline that has not run out.
    Clock(DeadlineId),
    /// A timed transition of the stage, by its place in `after`.
    Timer(u16),
    /// A deadline would have begun then, and begins if its `when` comes to hold.
    Waiting(DeadlineId),
    /// A clock is due at a change and began then: from there an extension by a total counts, and how
    /// far one to a date may go.
    Begun(DeadlineId),
    /// The case was taken in as something that may still become a complaint, which counts from
    /// then.
    Opened,
    /// A guarantee that is to be kept.
    Promise(GuaranteeId),
}

/// What is counted, so that how long it is can be asked.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Counted {
    /// The term of a deadline, and what it was lengthened by.
    Term {
        /// The deadline.
        deadline: DeadlineId,
        /// The place of the term.
        alternative: u16,
        /// The places of the extensions that were made, in order.
        extensions: Vec<u16>,
        /// Whether one of them was made more often than is counted here, so that nothing bounds
        /// how long it is.
        many: bool,
    },
    /// The term would have been over, so that the clock is due at the instant of the change; later
    /// extensions count from there.
    AtChange {
        /// The deadline.
        deadline: DeadlineId,
        /// The places of the extensions made since.
        extensions: Vec<u16>,
    },
    /// A timed transition of a stage.
    Timer {
        /// The stage.
        stage: StageId,
        /// Its place in `after`.
        place: u16,
    },
    /// The term of a guarantee.
    Promise(GuaranteeId),
    /// An agreed date: any.
    Date(DeadlineId),
    /// It does not act by itself.
    Nothing,
}

/// Whether a clock counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// It counts.
    Runs,
    /// It stands still in this stage.
    Stands(StageId),
}

/// Something that is being counted, and how.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Open {
    /// What.
    pub item: Item,
    /// What says how long it is.
    pub counted: Counted,
    /// Whether it counts now.
    pub standing: Standing,
    /// Whether something that somebody reported began it.
    pub receipt: bool,
    /// Which period of a grid it is.
    pub grid: bool,
}

impl Key {
    pub(super) fn new(case: Case, open: Vec<Open>, records: &[RecordId]) -> Self {
        let bytes = bytes(&case, &open, records).into_boxed_slice();
        Self(Arc::new(Inner { case, open, bytes }))
    }

    /// The case. Its instants mean nothing.
    #[must_use]
    pub fn case(&self) -> &Case {
        &self.0.case
    }

    /// What is being counted, in a fixed order.
    #[must_use]
    pub fn open(&self) -> &[Open] {
        &self.0.open
    }

    /// Whether a case with the other key, of which all is known, is one that this key stands for:
    /// all is the same but what is left open here.
    #[must_use]
    pub fn stands_for(&self, other: &Self) -> bool {
        let (mine, other) = (self.case(), other.case());
        let alike = |(mine, other): (&Value, &Value)| match known(*mine) {
            Known::This => mine == other,
            Known::Set => *other != Value::Unset,
            Known::Anything => true,
        };
        let clock = |it: &Clock| (it.id, it.state, it.breached, it.alternative, it.times);
        let clocks = |case: &Case| case.clocks.iter().map(clock).collect::<Vec<_>>();
        let timers = |case: &Case| case.timers.iter().map(|it| it.place).collect::<Vec<_>>();
        mine.stage == other.stage
            && mine.rung == other.rung
            && mine.severity == other.severity
            && mine.closed == other.closed
            && mine.sent == other.sent
            && clocks(mine) == clocks(other)
            && timers(mine) == timers(other)
            && mine.pending.len() == other.pending.len()
            && mine.fields.iter().zip(&other.fields).all(alike)
    }

    /// The place of something that is being counted.
    #[must_use]
    pub fn place(&self, item: Item) -> Option<usize> {
        self.0.open.iter().position(|it| it.item == item)
    }
}

impl PartialEq for Key {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || self.0.bytes == other.0.bytes
    }
}

impl Eq for Key {}

impl PartialOrd for Key {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Key {
    fn cmp(&self, other: &Self) -> Ordering {
        if Arc::ptr_eq(&self.0, &other.0) {
            return Ordering::Equal;
        }
        self.0.bytes.cmp(&other.0.bytes)
    }
}

impl Hash for Key {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.bytes.hash(state);
    }
}

/// Everything that tells two keys apart, one way for each case.
fn bytes(case: &Case, open: &[Open], records: &[RecordId]) -> Vec<u8> {
    let mut out = Vec::with_capacity(256);
    let mut put = |number: u16| out.extend_from_slice(&number.to_be_bytes());
    put(case.stage.0);
    put(case.rung.0);
    put(case.severity.map_or(u16::MAX, |it| it.0));
    put(case.intake.0);
    let flags = [case.opened_at.is_some(), case.closed, case.escalated, case.merged];
    put(flags.iter().fold(0, |all, flag| all * 2 + u16::from(*flag)));
    put(case.amended);
    for letter in &case.sent {
        put(letter.0);
    }
    put(u16::MAX);
    for clock in &case.clocks {
        put(clock.id.deadline.0);
        put(clock.id.occurrence);
        put(state(clock.state));
        put(u16::from(clock.breached) * 4
            + u16::from(clock.start.receipt) * 2
            + u16::from(clock.times.due.is_some()));
        put(clock.alternative);
        put(u16::from(clock.agreed.is_some()));
    }
    put(u16::MAX);
    for mark in &case.marks {
        put(mark.clock.deadline.0);
        let (what, place) = match mark.kind {
            MarkKind::Paused(stage) => (1, stage.0),
            MarkKind::Resumed => (2, 0),
            MarkKind::Extended(place, until) => (3 + u16::from(until.is_some()), place),
            MarkKind::Recounted(place) => (5, place),
        };
        put(what);
        put(place);
        // A limit of a pause that is used up was begun long before.
        put(u16::from(mark.at < case.last_at));
    }
    put(u16::MAX);
    for pending in &case.pending {
        match pending {
            Pending::Met(id) => [id.0, 2].map(&mut put),
            Pending::Start(id, start) => [id.0, u16::from(start.receipt)].map(&mut put),
        };
    }
    put(u16::MAX);
    for timer in &case.timers {
        put(timer.place);
        put(u16::from(timer.receipt));
    }
    for promised in &case.promises {
        let state = match promised.state {
            PromiseState::Open => 0,
            PromiseState::Kept => 1,
            PromiseState::Broken => 2,
        };
        for number in [promised.guarantee.0, state, promised.count] {
            out.extend(number.to_be_bytes());
        }
        out.push(u8::from(promised.start.receipt) * 2 + u8::from(promised.due.is_some()));
    }
    out.push(u8::MAX);
    for record in records {
        put_entries(&mut out, case, *record);
    }
    out.push(u8::try_from(open.len()).unwrap_or(u8::MAX));
    case.fields.iter().for_each(|value| put_value(&mut out, *value));
    out
}

/// How many fields of an entry are looked at.
const ENTRY_FIELDS_MAX: u16 = 64;

fn put_entries(out: &mut Vec<u8>, case: &Case, record: RecordId) {
    let Some(entry) = case.entries(record).first() else {
        out.push(0);
        return;
    };
    out.push(1);
    for field in 0..ENTRY_FIELDS_MAX {
        match case.entry_value(record, entry.number, field) {
            Value::Unset => {}
            value => {
                out.extend(field.to_be_bytes());
                put_value(out, value);
            }
        }
    }
    out.push(u8::MAX);
}

const fn state(state: ClockState) -> u16 {
    match state {
        ClockState::Running => 0,
        ClockState::Met => 1,
        ClockState::MetLate => 2,
        ClockState::Cancelled => 3,
        ClockState::Replaced => 4,
        ClockState::Lapsed => 5,
        ClockState::Paused(stage) => 6 + stage.0,
    }
}

fn put_value(out: &mut Vec<u8>, value: Value) {
    match value {
        Value::Unset => out.push(0),
        Value::Flag(flag) => out.extend([1, u8::from(flag)]),
        Value::Number(number) => {
            out.push(2);
            out.extend(number.serialize());
        }
        Value::Choice(place) => {
            out.push(3);
            out.extend(place.to_be_bytes());
        }
        Value::Date(date) => {
            out.push(4);
            out.extend(date.to_string().bytes());
        }
        Value::Text(symbol) => {
            out.push(5);
            out.extend(symbol.0.to_be_bytes());
        }
        Value::Slot(symbol) => {
            out.push(6);
            out.extend(symbol.0.to_be_bytes());
        }
    }
}
