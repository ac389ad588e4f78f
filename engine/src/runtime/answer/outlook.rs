//! What lies ahead: what is owed by whom, until when, and what time will do by itself.

use crate::machine::{Machine, Operation};
use crate::model::{DeadlineId, Party, StageId};
use crate::runtime::decide::who;
use crate::runtime::{Case, Clock, ClockId, ClockState, Timer};
use crate::text::Symbol;
use crate::time::{Calendar, Instant, NaiveDate, Zone};

/// Days looked through for working days; more than a century.
const DAYS_MAX: usize = 40_000;

/// What lies ahead of a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outlook {
    /// Every open clock, the soonest due first; those without a due instant last.
    pub owed: Vec<Owed>,
    /// Every timed transition that is being counted, the soonest first.
    pub by_itself: Vec<ByItself>,
}

/// An open clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Owed {
    /// The deadline.
    pub deadline: DeadlineId,
    /// Which instance of it, from 1; of a deadline for each entry, the number of the entry.
    pub occurrence: u16,
    /// The id of the entry that it is for, where each entry has a clock of its own.
    pub entry: Option<Symbol>,
    /// Who owes it, or may still use it where it is a window, as the case stands.
    pub who: Option<Party>,
    /// Whether it was missed and is owed still.
    pub is_missed: bool,
    /// The stage in which it stands still, where it does.
    pub paused_in: Option<StageId>,
    /// When it is due; none while it stands still, and for a duty without a counted term.
    pub due: Option<Instant>,
    /// When its owner is warned next; while it stands still, when it runs again by itself.
    pub alarm: Option<Instant>,
    /// What is left until it is due; none where it is not due, or was missed.
    pub left: Option<Left>,
}

/// How much time is left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Left {
    /// It is due today: milliseconds.
    Ms(i64),
    /// Working days after today, the last included.
    WorkingDays(u32),
    /// Days after today, the last included; for terms that are not counted in working days.
    Days(u32),
}

/// A timed transition that is being counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ByItself {
    /// When it happens unless something else happens before.
    pub at: Instant,
    /// The stage it leads to, where it leads to one.
    pub to: Option<StageId>,
    /// The entry of the protocol.
    pub rule: crate::model::RuleId,
}

/// What lies ahead of a case at an instant.
#[must_use]
pub fn outlook(machine: &Machine, case: &Case, now: Instant) -> Outlook {
    let open = case.clocks.iter().filter(|clock| clock.is_open());
    let mut owed: Vec<Owed> = open.map(|clock| of_clock(machine, case, clock, now)).collect();
    owed.sort_by_key(|it| (it.due.is_none(), it.due, it.deadline));
    let mut by_itself: Vec<ByItself> =
        case.timers.iter().map(|it| of_timer(machine, case, it)).collect();
    by_itself.sort_by_key(|it| (it.at, machine.rank(it.rule)));
    Outlook { owed, by_itself }
}

fn of_clock(machine: &Machine, case: &Case, clock: &Clock, now: Instant) -> Owed {
    let protocol = &machine.protocol;
    let deadline = protocol.deadlines.get(clock.id.deadline.index());
    let calendar =
        deadline.and_then(|it| machine.calendar(usize::from(clock.amended), it.calendar));
    let term = deadline.and_then(|it| it.alternatives.get(usize::from(clock.alternative)));
    let in_working_days =
        term.and_then(|it| it.allowance.terms().first()).is_none_or(|it| it.unit.is_working());
    let due = clock.times.due;
    let left = due.filter(|due| *due >= now && !clock.breached).zip(calendar);
    Owed {
        deadline: clock.id.deadline,
        occurrence: clock.id.occurrence,
        entry: entry_of(machine, case, clock.id),
        who: who(machine, case, clock.id),
        is_missed: clock.breached,
        paused_in: match clock.state {
            ClockState::Paused(stage) => Some(stage),
            _ => None,
        },
        due,
        alarm: clock.times.alarm,
        left: left
            .map(|(due, calendar)| self::left(&protocol.zone, calendar, now, due, in_working_days)),
    }
}

/// The id of the entry that a clock is for, where each entry has a clock of its own.
#[must_use]
pub fn entry_of(machine: &Machine, case: &Case, clock: ClockId) -> Option<Symbol> {
    let each = machine.protocol.deadlines.get(clock.deadline.index())?.for_each?;
    case.entry(each.record, clock.occurrence).map(|it| it.id)
}

fn left(zone: &Zone, calendar: &Calendar, now: Instant, due: Instant, working: bool) -> Left {
    let (today, last) = (zone.civil(now).date(), zone.civil(due).date());
    if today == last {
        return Left::Ms(due.ms_since(now));
    }
    let days = || today.iter_days().skip(1).take_while(|on| *on <= last).take(DAYS_MAX);
    let count = |is: &dyn Fn(&NaiveDate) -> bool| {
        u32::try_from(days().filter(|on| is(on)).count()).unwrap_or(u32::MAX)
    };
    match working {
        true => Left::WorkingDays(count(&|on| calendar.is_working_day(*on))),
        false => Left::Days(count(&|_| true)),
    }
}

fn of_timer(machine: &Machine, case: &Case, timer: &Timer) -> ByItself {
    let chosen = machine.afters(case.stage).get(usize::from(timer.place));
    let operations = chosen.into_iter().flat_map(|it| it.operations.iter());
    let mut entered = operations.filter_map(|it| match it {
        Operation::GoTo(stage) => Some(*stage),
        _ => None,
    });
    ByItself { at: timer.due, to: entered.next(), rule: timer.rule }
}
