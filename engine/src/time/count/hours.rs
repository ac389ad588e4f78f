//! Terms counted in hours and minutes, elapsed or inside windows.

use crate::time::calendar::Calendar;
use crate::time::calendar::LAST_DAY;
use crate::time::count::course::Left;
use crate::time::count::course::Pause;
use crate::time::count::course::TimeError;
use crate::time::count::due::Counting;
use crate::time::count::due::End;
use crate::time::count::due::Origin;
use crate::time::count::due::day_of;
use crate::time::instant::HOUR_MS;
use crate::time::instant::Instant;
use crate::time::instant::MINUTE_MS;
use crate::time::ledger::DayWhat;
use crate::time::ledger::Entry;
use crate::time::ledger::LedgerSink;
use crate::time::term::Term;
use crate::time::term::Unit;
use crate::time::zone::date_of;

/// The end of a term counted in hours or minutes. Used up exactly at a closing it is due at that
/// closing; used up exactly at the first instant of a pause, when the clock runs again.
pub(crate) fn count_hours<S: LedgerSink>(
    counting: Counting<'_>,
    from: Origin,
    term: Term,
    sink: &mut S,
) -> Result<End, TimeError> {
    count_ms(counting, from, length_ms(term), term.unit.is_working(), sink)
}

/// The instant at which so many milliseconds of running time are used up.
pub(crate) fn count_ms<S: LedgerSink>(
    counting: Counting<'_>,
    from: Origin,
    length_ms: i64,
    only_in_windows: bool,
    sink: &mut S,
) -> Result<End, TimeError> {
    let mut meter = Meter { pauses: counting.pauses, left_ms: length_ms, told: 0 };
    let used_up = match only_in_windows {
        true => spend_windows(counting.calendar, from, &mut meter, sink)?,
        false => meter.spend(from.at, last_instant(counting.calendar), sink),
    };
    let at = match used_up {
        Some(at) => first_running(counting.pauses, at),
        None if meter.is_open_ended() => None,
        None => return Err(TimeError::OutOfRange),
    };
    match at {
        Some(at) => Ok(End { at: Some(at), day: day_of(counting.calendar, at)?, ..End::default() }),
        None => Ok(End { left: Some(Left::Ms(meter.left_ms)), ..End::default() }),
    }
}

/// Milliseconds of running time in a term counted in hours or minutes; 0 for other units.
pub(crate) fn length_ms(term: Term) -> i64 {
    let unit_ms = match term.unit {
        Unit::Minutes | Unit::WorkingMinutes => MINUTE_MS,
        Unit::Hours | Unit::WorkingHours => HOUR_MS,
        _ => 0,
    };
    i64::from(term.amount).saturating_mul(unit_ms)
}

/// The first instant from `at` on at which the clock runs, if there is one.
pub(crate) fn first_running(pauses: &[Pause], at: Instant) -> Option<Instant> {
    let mut at = at;
    for pause in pauses {
        if pause.from <= at && pause.to.is_none_or(|to| at < to) {
            at = pause.to?;
        }
    }
    Some(at)
}

/// The last instant a calendar knows.
pub(crate) fn last_instant(calendar: &Calendar) -> Instant {
    calendar.zone().day_last_of(LAST_DAY)
}

/// A budget of running time that is being spent.
pub(crate) struct Meter<'a> {
    pub(crate) pauses: &'a [Pause],
    pub(crate) left_ms: i64,
    /// How many pauses the ledger was told of.
    pub(crate) told: usize,
}

impl Meter<'_> {
    /// Spends the running time of a stretch, `from` included, `to` excluded. The instant at which
    /// the budget is used up, if it is.
    pub(crate) fn spend<S: LedgerSink>(
        &mut self,
        from: Instant,
        to: Instant,
        sink: &mut S,
    ) -> Option<Instant> {
        let mut at = from;
        for (index, pause) in self.pauses.iter().enumerate() {
            if pause.from >= to {
                break;
            }
            let ends = pause.to.unwrap_or(Instant::MAX);
            if ends <= at {
                continue;
            }
            if let Some(used_up) = self.run(at, pause.from.max(at), sink) {
                return Some(used_up);
            }
            if self.told <= index {
                self.told = index.saturating_add(1);
                sink.push(|| Entry::PausedStretch { from: pause.from.max(from), to: pause.to });
            }
            at = ends.min(to);
        }
        self.run(at, to, sink)
    }

    fn run<S: LedgerSink>(&mut self, from: Instant, to: Instant, sink: &mut S) -> Option<Instant> {
        let there_ms = to.ms_since(from);
        if there_ms <= 0 {
            return None;
        }
        let counted_ms = there_ms.min(self.left_ms);
        self.left_ms = self.left_ms.saturating_sub(counted_ms);
        let until = Instant::from_ms(from.ms().saturating_add(counted_ms));
        sink.push(|| Entry::Stretch { from, to: until, counted_ms });
        (self.left_ms == 0).then_some(until)
    }

    fn is_open_ended(&self) -> bool {
        self.pauses.last().is_some_and(|pause| pause.to.is_none())
    }
}

/// Spends the budget inside windows, from the first that is not over.
fn spend_windows<S: LedgerSink>(
    calendar: &Calendar,
    from: Origin,
    meter: &mut Meter<'_>,
    sink: &mut S,
) -> Result<Option<Instant>, TimeError> {
    if !calendar.ever_opens() {
        return Err(TimeError::NeverOpen);
    }
    let never = meter.pauses.last().filter(|pause| pause.to.is_none()).map(|pause| pause.from);
    let start_day = day_of(calendar, from.at)?;
    let mut at = from.at;
    // A window over midnight belongs to the day before.
    for day in start_day.saturating_sub(1)..=LAST_DAY {
        if never.is_some_and(|never| at >= never) {
            break;
        }
        let windows = calendar.windows_of(day);
        if windows.is_empty() && day >= start_day {
            sink.push(|| {
                let on = date_of(day);
                let why = calendar.closed_why(on).unwrap_or_default();
                Entry::Day { on, what: DayWhat::Closed(why.to_owned()) }
            });
        }
        for window in windows {
            let (open, close) = calendar.window_span(day, *window);
            if close <= at {
                continue;
            }
            if let Some(used_up) = meter.spend(open.max(at), close, sink) {
                return Ok(Some(used_up));
            }
            at = at.max(close);
        }
    }
    Ok(None)
}
