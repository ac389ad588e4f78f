//! When a term ends.

use crate::time::calendar::Calendar;
use crate::time::calendar::LAST_DAY;
use crate::time::count::course::Base;
use crate::time::count::course::Course;
use crate::time::count::course::Due;
use crate::time::count::course::Left;
use crate::time::count::course::Pause;
use crate::time::count::course::Start;
use crate::time::count::course::TimeError;
use crate::time::count::day_end::TimeOfDay;
use crate::time::count::day_end::day_end;
use crate::time::count::days::count_days;
use crate::time::count::hours::count_hours;
use crate::time::count::rules::FirstDay;
use crate::time::count::rules::OutsideHours;
use crate::time::count::rules::Rules;
use crate::time::instant::DAY_MS;
use crate::time::instant::Instant;
use crate::time::ledger::Entry;
use crate::time::ledger::LedgerSink;
use crate::time::ledger::Silent;
use crate::time::term::Allowance;
use crate::time::term::Term;
use crate::time::zone::CivilNote;
use crate::time::zone::date_of;
use crate::time::zone::day_number;
use chrono::NaiveDate;

/// Where a count starts.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Origin {
    pub(crate) at: Instant,
    /// Day 0, as days since 1970-01-01.
    pub(crate) day: i32,
    pub(crate) time: TimeOfDay,
    pub(crate) first_day: FirstDay,
}

/// What a count is made with.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Counting<'a> {
    pub(crate) calendar: &'a Calendar,
    pub(crate) rules: Rules,
    pub(crate) pauses: &'a [Pause],
}

/// How one count ended.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct End {
    pub(crate) at: Option<Instant>,
    pub(crate) day: i32,
    pub(crate) note: CivilNote,
    pub(crate) clamped: bool,
    pub(crate) rolled_from: Option<i32>,
    pub(crate) left: Option<Left>,
}

/// When a course is due.
///
/// # Errors
/// [`TimeError::OutOfRange`] when the count leaves 1970 to 2169, [`TimeError::NeverOpen`] when it
/// needs a window and the calendar has none.
pub fn due(calendar: &Calendar, rules: Rules, course: &Course<'_>) -> Result<Due, TimeError> {
    due_with(calendar, rules, course, &mut Silent)
}

/// [`due`], telling its working to `sink`.
///
/// # Errors
/// As [`due`].
pub fn due_with<S: LedgerSink>(
    calendar: &Calendar,
    rules: Rules,
    course: &Course<'_>,
    sink: &mut S,
) -> Result<Due, TimeError> {
    let counting = Counting { calendar, rules, pauses: course.pauses };
    let start = start_of(counting, course.start, sink)?;
    let base = match course.base {
        Base::Date(date) => Some((agreed(counting, date, sink)?, None)),
        Base::Allowance(allowance) => base_end(counting, start, allowance, sink)?,
    };
    let Some((mut end, term)) = base else {
        sink.push(|| Entry::Promptly);
        return Ok(Due::default());
    };
    let mut clamped = end.clamped;
    for addition in course.additions {
        let Some(at) = end.at else { break };
        let from = after(counting, start, course.base, end.day, at);
        end = count_term(counting, from, *addition, true, sink)?;
        clamped |= end.clamped;
    }
    let on = end.at.map(|_| date_of(end.day));
    sink.push(|| Entry::Due { at: end.at, on });
    Ok(Due {
        at: end.at,
        on,
        note: end.note,
        clamped,
        rolled_from: end.rolled_from.map(date_of),
        term,
        left: end.left,
    })
}

/// Where the base of a course starts: at its start, or at the next opening.
pub(crate) fn start_of<S: LedgerSink>(
    counting: Counting<'_>,
    start: Start,
    sink: &mut S,
) -> Result<Origin, TimeError> {
    let Counting { calendar, rules, .. } = counting;
    let zone = calendar.zone();
    let civil_ms = zone.civil_ms(start.at);
    let day = day_of_ms(civil_ms)?;
    let moves = start.receipt && rules.outside_hours == OutsideHours::NextWorkingDay;
    let first_day = rules.first_day;
    if start.date_only {
        let kept = !moves || calendar.is_working(day);
        let day = if kept { day } else { next_working(calendar, day)? };
        let at = zone.day_start_of(day);
        if !kept {
            sink.push(|| Entry::MovedToOpening { from: start.at, to: at });
        }
        return Ok(Origin { at, day, time: TimeOfDay::Last, first_day });
    }
    let unmoved = TimeOfDay::Ms(civil_ms.rem_euclid(DAY_MS));
    if !moves {
        return Ok(Origin { at: start.at, day, time: unmoved, first_day });
    }
    let (at, day) = opening(calendar, start.at, day)?;
    if at == start.at {
        return Ok(Origin { at, day, time: unmoved, first_day });
    }
    sink.push(|| Entry::MovedToOpening { from: start.at, to: at });
    Ok(Origin { at, day, time: TimeOfDay::at(calendar, at), first_day })
}

/// Where an addition starts: at the due instant before it, whose day is day 0 and never counts.
pub(crate) fn after(
    counting: Counting<'_>,
    start: Origin,
    base: Base<'_>,
    day: i32,
    at: Instant,
) -> Origin {
    let dated = matches!(base, Base::Date(_)) || start.time == TimeOfDay::Last;
    let time = if dated { TimeOfDay::Last } else { TimeOfDay::at(counting.calendar, at) };
    Origin { at, day, time, first_day: FirstDay::Next }
}

/// The end of an agreed date.
pub(crate) fn agreed<S: LedgerSink>(
    counting: Counting<'_>,
    date: NaiveDate,
    sink: &mut S,
) -> Result<End, TimeError> {
    let day = day_number(date);
    if !(0..=LAST_DAY).contains(&day) {
        return Err(TimeError::OutOfRange);
    }
    sink.push(|| Entry::Agreed { on: date });
    let end = day_end(counting.calendar, counting.rules, TimeOfDay::Last, day);
    Ok(End { at: Some(end.at), day, note: end.note, ..End::default() })
}

/// The end of an allowance and the term that decides it; nothing for `promptly`.
pub(crate) fn base_end<S: LedgerSink>(
    counting: Counting<'_>,
    from: Origin,
    allowance: &Allowance,
    sink: &mut S,
) -> Result<Option<(End, Option<Term>)>, TimeError> {
    let term = match allowance {
        Allowance::Promptly => None,
        Allowance::Term(term) => Some(*term),
        Allowance::Min(terms) => deciding(counting, from, terms, |new, old| new < old)?,
        Allowance::Max(terms) => deciding(counting, from, terms, |new, old| new > old)?,
    };
    let Some(term) = term else {
        return Ok(None);
    };
    if !matches!(allowance, Allowance::Term(_)) {
        sink.push(|| Entry::Chosen { term });
    }
    let end = count_term(counting, from, term, false, sink)?;
    Ok(Some((end, Some(term))))
}

/// The first of the terms whose end nothing beats. A term that is paused ends after all others.
fn deciding(
    counting: Counting<'_>,
    from: Origin,
    terms: &[Term],
    beats: impl Fn(Instant, Instant) -> bool,
) -> Result<Option<Term>, TimeError> {
    let mut best: Option<(Instant, Term)> = None;
    for term in terms {
        let end = count_term(counting, from, *term, false, &mut Silent)?;
        let at = end.at.unwrap_or(Instant::MAX);
        if best.is_none_or(|(old, _)| beats(at, old)) {
            best = Some((at, *term));
        }
    }
    Ok(best.map(|(_, term)| term))
}

/// The end of one term.
pub(crate) fn count_term<S: LedgerSink>(
    counting: Counting<'_>,
    from: Origin,
    term: Term,
    added: bool,
    sink: &mut S,
) -> Result<End, TimeError> {
    sink.push(|| Entry::Counting { term, from: from.at, on: date_of(from.day), added });
    if term.unit.is_counted_in_days() {
        count_days(counting, from, term, sink)
    } else {
        count_hours(counting, from, term, sink)
    }
}

/// The civil day of an instant, as days since 1970-01-01.
pub(crate) fn day_of(calendar: &Calendar, at: Instant) -> Result<i32, TimeError> {
    day_of_ms(calendar.zone().civil_ms(at))
}

fn day_of_ms(civil_ms: i64) -> Result<i32, TimeError> {
    let day = i32::try_from(civil_ms.div_euclid(DAY_MS)).map_err(|_| TimeError::OutOfRange)?;
    if (0..=LAST_DAY).contains(&day) { Ok(day) } else { Err(TimeError::OutOfRange) }
}

/// The first working day after `day`.
pub(crate) fn next_working(calendar: &Calendar, day: i32) -> Result<i32, TimeError> {
    if !calendar.ever_opens() {
        return Err(TimeError::NeverOpen);
    }
    let days = calendar.working_days();
    days.nth_from(day.saturating_add(1), 1).ok_or(TimeError::OutOfRange)
}

/// The instant itself with its civil day if it is inside a window; else the next opening with the
/// day its window belongs to.
fn opening(calendar: &Calendar, at: Instant, day: i32) -> Result<(Instant, i32), TimeError> {
    let mut window_day = day.saturating_sub(1);
    loop {
        for window in calendar.windows_of(window_day) {
            let (open, close) = calendar.window_span(window_day, *window);
            if open <= at && at < close {
                return Ok((at, day));
            }
            if open > at {
                return Ok((open, window_day));
            }
        }
        window_day = next_working(calendar, window_day)?;
    }
}
