//! Which situations are the same: all that the future can read is equal.
//!
//! Dates stay as they are, for every date has its own calendar ahead of it. What is left out is what
//! nothing reads any more; to leave out too little costs time and never makes anything wrong.

use engine::machine::Machine;
use engine::model::{Choose, Deadline, DeadlineId, Extension, Lengthen, RecordId, StageId};
use engine::runtime::{Case, Clock, ClockState, Mark, MarkKind, Pending, PromiseState, ledger};
use engine::script::Value;
use engine::time::{self, Allowance, Base, Course, Instant, NaiveDate, Pause, Start, Term};

/// For so many days it is tried what a pause would do.
const WHILES_DAYS: [i64; 3] = [0, 1, 8];
const DAY_MS: i64 = 86_400_000;

/// A situation as a row of numbers.
pub(super) type Key = Vec<i64>;

/// What can change the due instant of a clock that runs.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Counted {
    /// Nothing, so that from when and how it was counted does not matter any more.
    Settled,
    /// Pauses, terms that are added, and other terms that are declared: what each of them would give
    /// says all of what was.
    Moved,
    /// More: it is written down how it was counted.
    Anew,
}

/// What of the clocks is read after they began.
pub(super) struct Keys<'m> {
    machine: &'m Machine,
    /// By deadline, what can change its due instant once it runs.
    counted: Vec<Counted>,
}

impl<'m> Keys<'m> {
    pub(super) fn new(machine: &'m Machine) -> Self {
        let protocol = &machine.protocol;
        let counted = |(place, it): (usize, &Deadline)| {
            let is_added = |it: &Extension| matches!(it.lengthen, Lengthen::Add(_));
            let comes_once = it.due.is_none() && it.every.is_none() && it.for_each.is_none();
            let is_plain = comes_once && it.warn.is_empty() && it.extend.iter().all(is_added);
            let is_fixed = it.choose == Choose::Only && it.extend.is_empty();
            let is_paused = pausing(machine, DeadlineId::at(place)).next().is_some();
            match is_plain {
                true if is_fixed && !is_paused => Counted::Settled,
                true => Counted::Moved,
                false => Counted::Anew,
            }
        };
        let counted = protocol.deadlines.iter().enumerate().map(counted).collect();
        Self { machine, counted }
    }

    /// The situation of a case.
    pub(super) fn of(&self, case: &Case, now: Instant) -> Key {
        let mut key = Key::with_capacity(32);
        let flags = [case.escalated, case.closed, case.merged, case.received_on_a_date];
        key.extend([i64::from(case.stage.0), i64::from(case.rung.0), i64::from(case.intake.0)]);
        key.push(flags.iter().fold(0, |all, flag| all * 2 + i64::from(*flag)));
        key.push(case.severity.map_or(-1, |it| i64::from(it.0)));
        key.push(case.channel.map_or(-1, |it| i64::from(it.0)));
        case.fields.iter().for_each(|it| value(&mut key, *it));
        self.clocks(&mut key, case, now);
        list(&mut key, case.timers.iter(), |key, it| {
            key.extend([i64::from(it.place), it.due.ms()]);
        });
        list(&mut key, case.pending.iter(), |key, it| match it {
            Pending::Met(id) => key.extend([0, i64::from(id.0)]),
            Pending::Start(id, from) => {
                key.extend([1, i64::from(id.0)]);
                start(key, *from);
            }
        });
        list(&mut key, case.sent.iter(), |key, it| key.push(i64::from(it.0)));
        list(&mut key, case.history.iter(), |key, it| value(key, *it));
        self.entries(&mut key, case);
        self.promises(&mut key, case);
        key
    }

    fn clocks(&self, key: &mut Key, case: &Case, now: Instant) {
        for (place, counted) in self.counted.iter().enumerate() {
            let id = DeadlineId::at(place);
            let of_each = self.machine.protocol.deadlines[place].for_each.is_some();
            let mut ever_breached = false;
            let latest = case.latest(id).map(|it| it.id);
            for clock in case.clocks.iter().filter(|it| it.id.deadline == id) {
                ever_breached |= clock.breached;
                if of_each {
                    key.push(i64::from(clock.id.occurrence));
                }
                if clock.is_open() {
                    state(key, clock);
                    key.extend([at(clock.times.due), at(clock.times.alarm)]);
                    match counted {
                        Counted::Settled => {}
                        Counted::Moved => probes(key, self.machine, case, clock, now),
                        Counted::Anew => written(key, case, clock),
                    }
                } else if of_each || Some(clock.id) == latest {
                    state(key, clock);
                }
            }
            key.extend([-2, i64::from(ever_breached)]);
        }
    }

    /// From which date an open one counts is kept to say how many days it took.
    fn promises(&self, key: &mut Key, case: &Case) {
        list(key, case.promises.iter(), |key, it| {
            key.extend([i64::from(it.guarantee.0), i64::from(it.count)]);
            match it.state {
                PromiseState::Open => {
                    let zone = &self.machine.protocol.zone;
                    key.extend([0, at(it.due), days(zone.civil(it.start.at).date())]);
                }
                PromiseState::Kept => key.push(1),
                PromiseState::Broken => key.push(2),
            }
        });
    }

    fn entries(&self, key: &mut Key, case: &Case) {
        for (place, record) in self.machine.protocol.records.iter().enumerate() {
            let id = RecordId::at(place);
            list(key, case.entries(id).iter(), |key, entry| {
                key.extend([i64::from(entry.number), i64::from(entry.id.0), entry.at.ms()]);
                key.push(at(entry.done_at));
                for field in (0..).take(record.fields.len()) {
                    value(key, case.entry_value(id, entry.number, field));
                }
            });
        }
    }
}

/// Writes down a list behind its length.
fn list<'a, T: 'a>(
    key: &mut Key,
    all: impl ExactSizeIterator<Item = &'a T>,
    each: impl Fn(&mut Key, &T),
) {
    key.push(i64::try_from(all.len()).unwrap_or(i64::MAX));
    all.for_each(|it| each(key, it));
}

fn state(key: &mut Key, clock: &Clock) {
    let (state, stage) = match clock.state {
        ClockState::Running => (0, 0),
        ClockState::Paused(stage) => (1, stage.0),
        ClockState::Met => (2, 0),
        ClockState::MetLate => (3, 0),
        ClockState::Cancelled => (4, 0),
        ClockState::Replaced => (5, 0),
        ClockState::Lapsed => (6, 0),
    };
    key.extend([state, i64::from(stage), i64::from(clock.breached)]);
}

/// The stages in which a clock stands still, and for how long at most.
fn pausing(machine: &Machine, id: DeadlineId) -> impl Iterator<Item = (StageId, Option<Term>)> {
    let stages = machine.protocol.stages.iter().enumerate();
    let all = stages.flat_map(|(place, it)| it.pauses.iter().map(move |it| (place, it)));
    all.filter(move |(_, it)| it.deadline == id).map(|(place, it)| (StageId::at(place), it.limit))
}

/// What a clock would come to by each of its terms if it went on, or stood still from now for a
/// while; what is left of the limits of its pauses; what it was lengthened by and counted anew.
fn probes(key: &mut Key, machine: &Machine, case: &Case, clock: &Clock, now: Instant) {
    for mark in case.marks.iter().filter(|it| it.clock == clock.id) {
        match mark.kind {
            MarkKind::Extended(place, _) => key.push(i64::from(place)),
            MarkKind::Recounted(_) => key.push(mark.at.ms()),
            MarkKind::Paused(_) | MarkKind::Resumed => {}
        }
    }
    key.extend([-3, i64::from(clock.alternative)]);
    let n_terms = machine.protocol.deadlines[clock.id.deadline.index()].alternatives.len();
    let clocks = (0..).take(n_terms).map(|alternative| Clock { alternative, ..*clock });
    let clocks: Vec<Clock> = clocks.collect();
    let mut would_be = |case: &Case| {
        for clock in &clocks {
            let due = ledger(machine, case, clock).ok().and_then(|(_, due)| due);
            key.push(at(due.and_then(|it| it.at)));
        }
    };
    let stages: Vec<_> = pausing(machine, clock.id.deadline).collect();
    if stages.is_empty() {
        return would_be(case);
    }
    let is_paused = matches!(clock.state, ClockState::Paused(_));
    let mut stands = case.clone();
    let mark = |at, kind| Mark { clock: clock.id, at, kind };
    if let Some((stage, _)) = stages.first().filter(|_| !is_paused) {
        stands.marks.push(mark(now, MarkKind::Paused(*stage)));
    }
    for days in WHILES_DAYS {
        let mut goes_on = stands.clone();
        let later = now.plus_ms(days * DAY_MS).unwrap_or(now);
        goes_on.marks.push(mark(later, MarkKind::Resumed));
        would_be(&goes_on);
    }
    for (stage, limit) in stages {
        key.push(limit.map_or(-1, |it| at(pause_end(machine, case, clock, (stage, it), now))));
    }
}

/// When a pause that begins now, or is open now, would end by its limit.
fn pause_end(
    machine: &Machine,
    case: &Case,
    clock: &Clock,
    (stage, limit): (StageId, Term),
    now: Instant,
) -> Option<Instant> {
    let (mut begun, mut inside) = (None, false);
    let mut between: Vec<Pause> = Vec::new();
    for mark in case.marks.iter().filter(|it| it.clock == clock.id) {
        match mark.kind {
            MarkKind::Paused(by) if by == stage => {
                inside = true;
                begun = begun.or(Some(mark.at));
                between.last_mut().into_iter().for_each(|it| it.to = Some(mark.at));
            }
            MarkKind::Resumed if inside => {
                inside = false;
                between.push(Pause { from: mark.at, to: None });
            }
            _ => {}
        }
    }
    between.last_mut().into_iter().for_each(|it| it.to = it.to.or(Some(now)));
    let deadline = &machine.protocol.deadlines[clock.id.deadline.index()];
    let start = Start { at: begun.unwrap_or(now), date_only: false, receipt: false };
    let allowance = Allowance::Term(limit);
    let base = Base::Allowance(&allowance);
    let course = Course { start, base, additions: &[], pauses: &between };
    let calendar = &machine.protocol.calendars[deadline.calendar.index()];
    time::due(calendar, deadline.counts, &course).ok()?.at
}

/// From when and how a clock was counted.
fn written(key: &mut Key, case: &Case, clock: &Clock) {
    start(key, clock.start);
    let agreed = clock.agreed.map_or(-1, days);
    key.extend([i64::from(clock.alternative), i64::from(clock.period)]);
    key.extend([agreed, i64::from(clock.warned)]);
    for mark in case.marks.iter().filter(|it| it.clock == clock.id) {
        let (kind, what, until) = match mark.kind {
            MarkKind::Paused(stage) => (0, i64::from(stage.0), -1),
            MarkKind::Resumed => (1, 0, -1),
            MarkKind::Extended(place, until) => (2, i64::from(place), until.map_or(-1, days)),
            MarkKind::Recounted(place) => (3, i64::from(place), -1),
        };
        key.extend([mark.at.ms(), kind, what, until]);
    }
}

fn start(key: &mut Key, start: Start) {
    key.extend([start.at.ms(), i64::from(start.date_only), i64::from(start.receipt)]);
}

/// An instant that may be missing.
fn at(instant: Option<Instant>) -> i64 {
    instant.map_or(i64::MIN, Instant::ms)
}

fn value(key: &mut Key, value: Value) {
    match value {
        Value::Unset => key.push(0),
        Value::Flag(flag) => key.extend([1, i64::from(flag)]),
        Value::Number(number) => {
            // 96 bits: too many for one number of the row.
            let number = number.normalize();
            let mantissa = number.mantissa();
            let low = i64::try_from(mantissa & 0xffff_ffff).unwrap_or(0);
            let middle = i64::try_from((mantissa >> 32) & 0xffff_ffff).unwrap_or(0);
            let high = i64::try_from(mantissa >> 64).unwrap_or(0);
            key.extend([2, low, middle, high, i64::from(number.scale())]);
        }
        Value::Choice(choice) => key.extend([3, i64::from(choice)]),
        Value::Date(date) => key.extend([4, days(date)]),
        Value::Text(text) => key.extend([5, i64::from(text.0)]),
        Value::Slot(slot) => key.extend([6, i64::from(slot.0)]),
    }
}

/// A date as so many days after the first of 1970.
fn days(date: NaiveDate) -> i64 {
    date.signed_duration_since(NaiveDate::default()).num_days()
}
