//! Instants before the end of a term, for warnings.

use crate::time::calendar::Calendar;
use crate::time::calendar::LAST_DAY;
use crate::time::count::course::Base;
use crate::time::count::course::Course;
use crate::time::count::course::TimeError;
use crate::time::count::day_end::TimeOfDay;
use crate::time::count::day_end::day_end;
use crate::time::count::days::count_days;
use crate::time::count::days::counted_days;
use crate::time::count::days::first_counted;
use crate::time::count::days::length_days;
use crate::time::count::due::Counting;
use crate::time::count::due::End;
use crate::time::count::due::Origin;
use crate::time::count::due::after;
use crate::time::count::due::base_end;
use crate::time::count::due::count_term;
use crate::time::count::due::day_of;
use crate::time::count::due::due;
use crate::time::count::due::start_of;
use crate::time::count::hours::count_ms;
use crate::time::count::hours::length_ms;
use crate::time::count::rules::Ends;
use crate::time::count::rules::Roll;
use crate::time::count::rules::Rules;
use crate::time::instant::Instant;
use crate::time::ledger::Silent;
use crate::time::term::Term;
use crate::time::term::Unit;
use crate::time::zone::date_of;
use crate::time::zone::day_number;
use chrono::Months;

/// The instant that lies a term before a due instant. A term in days leads to the end, by `ends`,
/// of an earlier day: of the n-th working day before, or n calendar days before, never rolled.
/// Hours count back exactly, working hours inside windows; used up exactly at an opening they lead
/// to that opening.
///
/// # Errors
/// [`TimeError::OutOfRange`] before 1970, [`TimeError::NeverOpen`] as in [`due`].
pub fn before(
    calendar: &Calendar,
    rules: Rules,
    due: Instant,
    term: Term,
) -> Result<Instant, TimeError> {
    let out = TimeError::OutOfRange;
    let day = due_day(calendar, rules, due)?;
    if term.unit.is_working() && !calendar.ever_opens() {
        return Err(TimeError::NeverOpen);
    }
    let earlier = match term.unit {
        Unit::Minutes | Unit::Hours => return due.minus_ms(length_ms(term)).ok_or(out),
        Unit::WorkingMinutes | Unit::WorkingHours => {
            return windows_back(calendar, due, length_ms(term)).ok_or(out);
        }
        Unit::WorkingDays => {
            let days = calendar.working_days();
            let rank = days.rank(day).checked_sub(term.amount).ok_or(out)?;
            days.select(rank).ok_or(out)?
        }
        Unit::CalendarDays => day.checked_sub_unsigned(term.amount).ok_or(out)?,
        Unit::Weeks => day.checked_sub_unsigned(term.amount.saturating_mul(7)).ok_or(out)?,
        Unit::Months => months_back(day, term.amount).ok_or(out)?,
        Unit::Years => months_back(day, term.amount.saturating_mul(12)).ok_or(out)?,
    };
    if earlier < 0 {
        return Err(out);
    }
    Ok(day_end(calendar, rules, TimeOfDay::at(calendar, due), earlier).at)
}

/// The instant at which so many percent of a course are used up, extensions included. Counted in
/// the clock's own unit and rounded down: whole days, or milliseconds; not rolled; 0 days are the
/// start itself, 100 percent and more the due instant. An agreed date, and extensions of another
/// kind than the term, are measured in calendar days from the start to the due date. Never after
/// the due instant, even if that was rolled back over the day of the share. Nothing for
/// `promptly`, and nothing when the clock is paused before that point.
///
/// # Errors
/// As [`due`].
pub fn at_percent(
    calendar: &Calendar,
    rules: Rules,
    course: &Course<'_>,
    percent: u8,
) -> Result<Option<Instant>, TimeError> {
    let due_at = due(calendar, rules, course)?.at;
    if percent >= 100 {
        return Ok(due_at);
    }
    let counting = Counting { calendar, rules, pauses: course.pauses };
    let start = start_of(counting, course.start, &mut Silent)?;
    let term = match course.base {
        Base::Date(_) => None,
        Base::Allowance(allowance) => match base_end(counting, start, allowance, &mut Silent)? {
            None => return Ok(None),
            Some((_, term)) => term,
        },
    };
    let share = match term {
        Some(term) if course.additions.iter().all(|it| kind(it.unit) == kind(term.unit)) => {
            percent_of_terms(counting, start, course, term, percent)?
        }
        _ => percent_of_days(counting, start, course, percent)?,
    };
    Ok(share.map(|at| due_at.map_or(at, |due| at.min(due))))
}

/// Units that can be added up.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Elapsed,
    InWindows,
    WorkingDays,
    CivilDays,
}

const fn kind(unit: Unit) -> Kind {
    match unit {
        Unit::Minutes | Unit::Hours => Kind::Elapsed,
        Unit::WorkingMinutes | Unit::WorkingHours => Kind::InWindows,
        Unit::WorkingDays => Kind::WorkingDays,
        Unit::CalendarDays | Unit::Weeks | Unit::Months | Unit::Years => Kind::CivilDays,
    }
}

/// A part of a course: a term, from where it counts, and its length in days or milliseconds.
struct Part {
    from: Origin,
    length: i64,
}

fn percent_of_terms(
    counting: Counting<'_>,
    start: Origin,
    course: &Course<'_>,
    base: Term,
    percent: u8,
) -> Result<Option<Instant>, TimeError> {
    let mut parts = Vec::with_capacity(course.additions.len().saturating_add(1));
    let mut from = start;
    for (index, term) in std::iter::once(&base).chain(course.additions).enumerate() {
        parts.push(Part { from, length: length_of(counting, from, *term)? });
        if index < course.additions.len() {
            let end = count_term(counting, from, *term, index > 0, &mut Silent)?;
            match end.at {
                Some(at) => from = after(counting, start, course.base, end.day, at),
                // Paused inside this part: what comes after it cannot be measured yet.
                None => break,
            }
        }
    }
    let unmeasured = course.additions.iter().skip(parts.len().saturating_sub(1));
    let rest =
        unmeasured.map(|term| length_of(counting, from, *term)).sum::<Result<i64, TimeError>>()?;
    let whole = parts.iter().map(|part| part.length).fold(rest, i64::saturating_add);
    let mut wanted = share(whole, percent);
    for part in &parts {
        if wanted <= part.length {
            return Ok(point_in(counting, part.from, kind(base.unit), wanted)?.at);
        }
        wanted = wanted.saturating_sub(part.length);
    }
    Ok(None)
}

/// Length in days, or in milliseconds for hours and minutes.
fn length_of(counting: Counting<'_>, from: Origin, term: Term) -> Result<i64, TimeError> {
    if term.unit.is_counted_in_days() {
        let first = first_counted(counting, from, &mut Silent);
        return length_days(from.day, term).map(|it| i64::from(counted_days(from, first, it)));
    }
    Ok(length_ms(term))
}

fn point_in(
    counting: Counting<'_>,
    from: Origin,
    kind: Kind,
    wanted: i64,
) -> Result<End, TimeError> {
    if wanted <= 0 {
        return Ok(End { at: Some(from.at), ..End::default() });
    }
    let rules = Rules { roll: Roll::None, ..counting.rules };
    let unrolled = Counting { rules, ..counting };
    let days = |unit| Term { amount: u32::try_from(wanted).unwrap_or(u32::MAX), unit };
    match kind {
        Kind::Elapsed => count_ms(unrolled, from, wanted, false, &mut Silent),
        Kind::InWindows => count_ms(unrolled, from, wanted, true, &mut Silent),
        Kind::WorkingDays => count_days(unrolled, from, days(Unit::WorkingDays), &mut Silent),
        Kind::CivilDays => count_days(unrolled, from, days(Unit::CalendarDays), &mut Silent),
    }
}

fn percent_of_days(
    counting: Counting<'_>,
    start: Origin,
    course: &Course<'_>,
    percent: u8,
) -> Result<Option<Instant>, TimeError> {
    let due = due(counting.calendar, counting.rules, course)?;
    let Some(on) = due.on else {
        return Ok(None);
    };
    let n_days = share(i64::from(day_number(on).saturating_sub(start.day)), percent);
    let n_days = i32::try_from(n_days).unwrap_or(LAST_DAY);
    if n_days <= 0 {
        return Ok(Some(start.at));
    }
    let day = start.day.saturating_add(n_days);
    let time = if matches!(course.base, Base::Date(_)) { TimeOfDay::Last } else { start.time };
    Ok(Some(day_end(counting.calendar, counting.rules, time, day).at))
}

fn share(whole: i64, percent: u8) -> i64 {
    whole.saturating_mul(i64::from(percent)).div_euclid(100)
}

/// The day that ends at a due instant. A close at or after midnight belongs to the day before.
fn due_day(calendar: &Calendar, rules: Rules, due: Instant) -> Result<i32, TimeError> {
    let day = day_of(calendar, due)?;
    let yesterday = day.saturating_sub(1);
    let closes_late = rules.ends == Ends::Close
        && calendar.is_working(yesterday)
        && day_end(calendar, rules, TimeOfDay::Last, yesterday).at == due;
    Ok(if closes_late { yesterday } else { day })
}

/// The instant from which so much time inside windows passes until `until`.
fn windows_back(calendar: &Calendar, until: Instant, length_ms: i64) -> Option<Instant> {
    let mut left_ms = length_ms;
    for day in (0..=day_of(calendar, until).ok()?).rev() {
        for (open, close) in own_spans(calendar, day).into_iter().rev() {
            let end = close.min(until);
            let there_ms = end.ms_since(open).max(0);
            if there_ms >= left_ms {
                return end.minus_ms(left_ms);
            }
            left_ms = left_ms.saturating_sub(there_ms);
        }
    }
    None
}

/// The windows of a day in order, without what windows of the days before already cover: a night
/// may run into a morning that an extra opening has moved forward.
fn own_spans(calendar: &Calendar, day: i32) -> Vec<(Instant, Instant)> {
    let spans_of = |day: i32| {
        let windows = calendar.windows_of(day).iter();
        windows.map(move |window| calendar.window_span(day, *window))
    };
    // A window lasts two days at most.
    let earlier = [day.saturating_sub(2), day.saturating_sub(1)].into_iter().flat_map(spans_of);
    let mut covered = earlier.map(|(_, close)| close).max().unwrap_or(Instant::MIN);
    let mut spans = Vec::new();
    for (open, close) in spans_of(day) {
        let open = open.max(covered);
        if open < close {
            spans.push((open, close));
            covered = close;
        }
    }
    spans
}

fn months_back(day: i32, n_months: u32) -> Option<i32> {
    date_of(day).checked_sub_months(Months::new(n_months)).map(day_number)
}
