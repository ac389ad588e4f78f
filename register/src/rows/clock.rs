//! What a register says of a clock.

use chrono::{Days, NaiveDate};
use engine::machine::Machine;
use engine::runtime::{Case, Clock, ClockState};
use engine::time::{Calendar, Instant, Zone};

use crate::cell::Cell;
use crate::rows::of_case::Rows;

/// How a clock stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// Open and counting.
    Running,
    /// Open and standing still.
    Paused,
    /// Out of time and owed still.
    Overdue,
    /// Done in time.
    Met,
    /// Done after the due instant.
    MetLate,
    /// Ran out and never done: it ended in another way.
    Missed,
    /// No longer owed, before it ran out.
    Cancelled,
    /// Gave way to a new instance, before it ran out.
    Replaced,
    /// A window that ran out unused.
    Lapsed,
}

/// The word that a register has for how a clock stands.
pub type ClockWord = &'static str;

impl State {
    /// The word that a register has for it.
    #[must_use]
    pub const fn word(self) -> ClockWord {
        match self {
            Self::Running => "running",
            Self::Paused => "paused",
            Self::Overdue => "overdue",
            Self::Met => "met",
            Self::MetLate => "met late",
            Self::Missed => "missed",
            Self::Cancelled => "cancelled",
            Self::Replaced => "replaced",
            Self::Lapsed => "lapsed",
        }
    }
}

/// How a clock stands.
#[must_use]
pub const fn state(clock: &Clock) -> State {
    match (clock.state, clock.breached) {
        (ClockState::Running | ClockState::Paused(_), true) => State::Overdue,
        (ClockState::Running, false) => State::Running,
        (ClockState::Paused(_), false) => State::Paused,
        (ClockState::Met, _) => State::Met,
        (ClockState::MetLate, _) => State::MetLate,
        (ClockState::Cancelled | ClockState::Replaced, true) => State::Missed,
        (ClockState::Cancelled, false) => State::Cancelled,
        (ClockState::Replaced, false) => State::Replaced,
        (ClockState::Lapsed, _) => State::Lapsed,
    }
}

/// From when to when a clock is or was late: from the due instant to the end, or to the instant at
/// which the case is read. Nothing for one that is not.
fn late(clock: &Clock, at: Instant) -> Option<(Instant, Instant)> {
    let is_late = matches!(state(clock), State::Overdue | State::MetLate | State::Missed);
    let due = clock.times.due.filter(|_| is_late)?;
    Some((due, clock.ended_at.unwrap_or(at)))
}

/// By how many days a clock is or was late: dates from the day after the due date to the day of its
/// end. Late on the due date itself is 0.
#[must_use]
pub fn days_late(zone: &Zone, clock: &Clock, at: Instant) -> Option<i64> {
    let (due, end) = late(clock, at)?;
    Some((zone.civil(end).date() - zone.civil(due).date()).num_days().max(0))
}

/// By how many working days of its calendar, counted alike.
#[must_use]
pub fn working_days_late(calendar: &Calendar, clock: &Clock, at: Instant) -> Option<i64> {
    let (due, end) = late(clock, at)?;
    let date = |it| calendar.zone().civil(it).date();
    Some(working_days(calendar, date(due), date(end)))
}

/// The working days after one date, up to another, which counts.
#[must_use]
pub(crate) fn working_days(calendar: &Calendar, after: NaiveDate, to: NaiveDate) -> i64 {
    let n_days = (to - after).num_days().clamp(0, DAYS_MAX);
    let n_days = u64::try_from(n_days).unwrap_or(0);
    let dates = (1..=n_days).filter_map(|it| after.checked_add_days(Days::new(it)));
    let open = dates.filter(|it| calendar.is_working_day(*it)).count();
    i64::try_from(open).unwrap_or(i64::MAX)
}

/// The most days that are looked at for one figure: two centuries.
const DAYS_MAX: i64 = 73_000;

impl Rows<'_> {
    /// One row for each clock, in order of beginning.
    pub(super) fn clocks(&self) -> Vec<Vec<Cell>> {
        let mut clocks: Vec<&Clock> = self.case().clocks.iter().collect();
        clocks.sort_by_key(|it| (it.id.deadline, it.id.occurrence));
        clocks.into_iter().filter_map(|it| self.clock(it)).collect()
    }

    fn clock(&self, clock: &Clock) -> Option<Vec<Cell>> {
        let protocol = &self.machine().protocol;
        let deadline = protocol.deadlines.get(clock.id.deadline.index())?;
        let calendar = protocol.calendars.get(deadline.calendar.index())?;
        let (zone, at) = (&protocol.zone, self.look.at);
        let days = |days: Option<i64>| days.map_or(Cell::Empty, Cell::count);
        Some(vec![
            self.ticket(),
            self.id(),
            Cell::text(&deadline.name),
            Cell::count(i64::from(clock.id.occurrence)),
            self.entry_of(clock),
            Cell::moment(zone, Some(start(clock))),
            Cell::moment(zone, clock.times.due),
            Cell::text(state(clock).word()),
            Cell::moment(zone, clock.ended_at),
            days(days_late(zone, clock, at)),
            days(working_days_late(calendar, clock, at)),
            Cell::Flag(clock.breached),
        ])
    }

    /// The id of the entry that a clock is for, where each entry has one and it may be read.
    fn entry_of(&self, clock: &Clock) -> Cell {
        let deadlines = &self.machine().protocol.deadlines;
        let each = deadlines.get(clock.id.deadline.index()).and_then(|it| it.for_each);
        let Some(each) = each.filter(|it| self.reads_record(it.record)) else { return Cell::Empty };
        let entry = self.case().entry(each.record, clock.id.occurrence);
        entry.map_or(Cell::Empty, |it| Cell::text(self.look.strings.get(it.id)))
    }
}

/// From when a clock counts.
fn start(clock: &Clock) -> Instant {
    clock.start.at
}

/// The latest clock of a deadline that the case has.
pub(super) fn latest<'a>(machine: &Machine, case: &'a Case, name: &str) -> Option<&'a Clock> {
    let deadlines = &machine.protocol.deadlines;
    let place = deadlines.iter().position(|it| it.name == name)?;
    case.latest(engine::model::DeadlineId::at(place))
}
