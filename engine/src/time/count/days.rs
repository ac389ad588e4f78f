//! Terms counted in days: working days, calendar days, weeks, months, years.
//!
//! A day is consumed when the clock runs at its end. Weeks, months and years are a number of
//! calendar days fixed at the start, so that each day paused at its end adds one.

use crate::time::calendar::LAST_DAY;
use crate::time::count::course::Left;
use crate::time::count::course::Pause;
use crate::time::count::course::TimeError;
use crate::time::count::day_end::day_end;
use crate::time::count::due::Counting;
use crate::time::count::due::End;
use crate::time::count::due::Origin;
use crate::time::count::due::next_working;
use crate::time::count::rules::Ends;
use crate::time::count::rules::FirstDay;
use crate::time::count::rules::Roll;
use crate::time::instant::Instant;
use crate::time::ledger::DayWhat;
use crate::time::ledger::Entry;
use crate::time::ledger::LedgerSink;
use crate::time::term::Term;
use crate::time::term::Unit;
use crate::time::zone::Civil;
use crate::time::zone::CivilNote;
use crate::time::zone::date_of;
use crate::time::zone::day_number;
use chrono::Datelike;
use chrono::Months;

/// Where a walk over days stopped.
enum Walked {
    /// On the last day of the term.
    At(i32),
    /// At an open pause, with so many days left.
    Paused(u32),
}

/// The end of a term counted in days.
pub(crate) fn count_days<S: LedgerSink>(
    counting: Counting<'_>,
    from: Origin,
    term: Term,
    sink: &mut S,
) -> Result<End, TimeError> {
    let only_working = term.unit == Unit::WorkingDays;
    if only_working && !counting.calendar.ever_opens() {
        return Err(TimeError::NeverOpen);
    }
    let (length, clamped) = length_days(from.day, term)?;
    if clamped {
        let last = from.day.saturating_add_unsigned(length);
        sink.push(|| Entry::Clamped { to: date_of(last) });
    }
    let first = first_counted(counting, from, sink);
    let n_days = counted_days(from, first, (length, clamped));
    let is_plain = counting.pauses.is_empty() && !S::RECORDS;
    let walked = match (is_plain, only_working) {
        (true, true) => Walked::At(nth_working(counting, first, n_days)?),
        (true, false) => {
            Walked::At(in_range(first.saturating_add_unsigned(n_days).saturating_sub(1))?)
        }
        (false, _) => walk(counting, from, first, n_days, only_working, sink)?,
    };
    let last = match walked {
        Walked::At(day) => day,
        Walked::Paused(left) => return Ok(paused(Left::Days(left), clamped)),
    };
    let rolled = match term.unit.is_civil() && !counting.calendar.is_working(last) {
        true => roll(counting, from, last)?,
        false => Walked::At(last),
    };
    let Walked::At(day) = rolled else {
        return Ok(paused(Left::Days(0), clamped));
    };
    if day != last {
        sink.push(|| Entry::Rolled { from: date_of(last), to: date_of(day) });
    }
    let end = end_of(counting, from, day);
    if end.note != CivilNote::Plain {
        sink.push(|| Entry::Moved { on: date_of(day), note: end.note, at: end.at });
    }
    let rolled_from = (day != last).then_some(last);
    Ok(End { at: Some(end.at), day, note: end.note, clamped, rolled_from, left: None })
}

/// Days in a term that starts on day 0, and whether a month was cut short.
pub(crate) fn length_days(day: i32, term: Term) -> Result<(u32, bool), TimeError> {
    let n_months = match term.unit {
        Unit::Weeks => return Ok((term.amount.saturating_mul(7), false)),
        Unit::Months => term.amount,
        Unit::Years => term.amount.saturating_mul(12),
        _ => return Ok((term.amount, false)),
    };
    let start = date_of(day);
    let end = start.checked_add_months(Months::new(n_months)).ok_or(TimeError::OutOfRange)?;
    let n_days = u32::try_from(day_number(end).saturating_sub(day)).unwrap_or(0);
    Ok((n_days, end.day() != start.day()))
}

/// How many days count, of a term whose [length][length_days] from day 0 is given. Where day 0
/// itself counts, a term in months ends the day before the one with its number; a month that has no
/// such day ends the term with its last, whether day 0 counts or not.
pub(crate) fn counted_days(from: Origin, first: i32, (length, clamped): (u32, bool)) -> u32 {
    length.saturating_add(u32::from(clamped && first == from.day))
}

/// Whether the clock is not paused at this instant.
pub(crate) fn runs_at(pauses: &[Pause], at: Instant) -> bool {
    let begun = pauses.partition_point(|pause| pause.from <= at);
    let last = begun.checked_sub(1).and_then(|index| pauses.get(index));
    last.is_none_or(|pause| pause.to.is_some_and(|to| to <= at))
}

/// The first day that may count: day 0 under `same`, if it ends with the clock started, else the
/// day after.
pub(crate) fn first_counted<S: LedgerSink>(
    counting: Counting<'_>,
    from: Origin,
    sink: &mut S,
) -> i32 {
    let on = || date_of(from.day);
    if from.first_day == FirstDay::Next || counting.rules.ends == Ends::Exact {
        sink.push(|| Entry::Day { on: on(), what: DayWhat::FirstDayNotCounted });
        return from.day.saturating_add(1);
    }
    if end_of(counting, from, from.day).at < from.at {
        sink.push(|| Entry::Day { on: on(), what: DayWhat::EndedBeforeStart });
        return from.day.saturating_add(1);
    }
    from.day
}

fn nth_working(counting: Counting<'_>, first: i32, n: u32) -> Result<i32, TimeError> {
    counting.calendar.working_days().nth_from(first, n).ok_or(TimeError::OutOfRange)
}

/// Counts day by day.
fn walk<S: LedgerSink>(
    counting: Counting<'_>,
    from: Origin,
    first: i32,
    n_days: u32,
    only_working: bool,
    sink: &mut S,
) -> Result<Walked, TimeError> {
    let open_pause = counting.pauses.last().filter(|pause| pause.to.is_none());
    let mut n_counted = 0_u32;
    for day in first..=LAST_DAY {
        let on = date_of(day);
        if only_working && !counting.calendar.is_working(day) {
            sink.push(|| {
                let why = counting.calendar.closed_why(on).unwrap_or_default();
                Entry::Day { on, what: DayWhat::Closed(why.to_owned()) }
            });
            continue;
        }
        let end = end_of(counting, from, day).at;
        if !runs_at(counting.pauses, end) {
            sink.push(|| Entry::Day { on, what: DayWhat::Paused });
            if open_pause.is_some_and(|pause| pause.from <= end) {
                return Ok(Walked::Paused(n_days.saturating_sub(n_counted)));
            }
            continue;
        }
        n_counted = n_counted.saturating_add(1);
        sink.push(|| Entry::Day { on, what: DayWhat::Counted(n_counted) });
        if n_counted == n_days {
            return Ok(Walked::At(day));
        }
    }
    Err(TimeError::OutOfRange)
}

/// The working day to which a closed last day moves.
fn roll(counting: Counting<'_>, from: Origin, last: i32) -> Result<Walked, TimeError> {
    let calendar = counting.calendar;
    match counting.rules.roll {
        Roll::None => Ok(Walked::At(last)),
        Roll::Back => {
            let may_end_on = |day: &i32| {
                let end = end_of(counting, from, *day).at;
                calendar.is_working(*day) && end >= from.at && runs_at(counting.pauses, end)
            };
            let earlier = (from.day..last).rev().find(may_end_on);
            Ok(Walked::At(earlier.unwrap_or(last)))
        }
        Roll::Forward => {
            let mut day = next_working(calendar, last)?;
            loop {
                let end = end_of(counting, from, day).at;
                if runs_at(counting.pauses, end) {
                    return Ok(Walked::At(day));
                }
                let open = counting.pauses.last().filter(|pause| pause.to.is_none());
                if open.is_some_and(|pause| pause.from <= end) {
                    return Ok(Walked::Paused(0));
                }
                day = next_working(calendar, day)?;
            }
        }
    }
}

fn end_of(counting: Counting<'_>, from: Origin, day: i32) -> Civil {
    day_end(counting.calendar, counting.rules, from.time, day)
}

fn in_range(day: i32) -> Result<i32, TimeError> {
    if (0..=LAST_DAY).contains(&day) { Ok(day) } else { Err(TimeError::OutOfRange) }
}

fn paused(left: Left, clamped: bool) -> End {
    End { clamped, left: Some(left), ..End::default() }
}
