//! `[calendars]`: the hours of an organisation, as `time` counts on them.

use crate::check::holiday;
use crate::check::log::Log;
use crate::check::look_up::known::Known;
use crate::check::rules;
use crate::model::CalendarId;
use crate::syntax;
use crate::syntax::{ClosedOrOpen, OnDay};
use crate::text::{Span, Spanned};
use crate::time::{
    CalendarPlan, Holiday, Observed, On, OpenDay, Window, WindowFault, Zone, overlap, parse_on,
    parse_window, week_overlap,
};

const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// What all calendars are made from; the first is that of `[protocol]`. They are made once nothing
/// is wrong: two hundred years of holidays cost more than much else of a protocol.
pub(crate) fn all(
    default: Option<CalendarId>,
    zone: Zone,
    known: &Known<'_>,
    log: &mut Log<'_>,
) -> Vec<CalendarPlan> {
    let written = &known.written.calendars;
    let plans = written.iter().map(|it| plan(it, zone.clone(), known, log));
    let mut plans: Vec<_> = plans.collect();
    match default {
        Some(first) => {
            let first = first.index().min(plans.len().saturating_sub(1));
            if let Some(head) = plans.get_mut(..=first) {
                head.rotate_right(1);
            }
        }
        None => plans.insert(0, always_open(zone)),
    }
    plans
}

/// What a calendar is made from, with everything that was readable of it.
fn plan(
    written: &syntax::Calendar,
    zone: Zone,
    known: &Known<'_>,
    log: &mut Log<'_>,
) -> CalendarPlan {
    let week = week(written, log);
    let open = written.open.iter().filter_map(|it| open_day(it, &week, log)).collect();
    CalendarPlan {
        id: written.name.value.clone(),
        zone,
        sets: holiday::sets(&written.holidays, known, log),
        closed: written.closed.iter().filter_map(|it| closed_day(it, log)).collect(),
        open,
        week,
    }
}

/// A calendar on which every minute is open, for protocols whose terms need none.
fn always_open(zone: Zone) -> CalendarPlan {
    let all_day = || vec![Window { open_minute: 0, close_minute: 1_440 }];
    CalendarPlan {
        id: "always".to_owned(),
        zone,
        week: std::array::from_fn(|_| all_day()),
        sets: Vec::new(),
        closed: Vec::new(),
        open: Vec::new(),
    }
}

fn week(written: &syntax::Calendar, log: &mut Log<'_>) -> [Vec<Window>; 7] {
    let mut week: [Vec<Window>; 7] = Default::default();
    let mut said: [Option<Span>; 7] = [None; 7];
    for hours in &written.hours {
        let Some((first, last)) = days(&hours.days, log) else { continue };
        let windows = windows(&hours.windows, log);
        let slots = week.iter_mut().zip(&mut said).zip(DAYS);
        for ((slot, said), day) in slots.skip(first).take(last.saturating_sub(first) + 1) {
            match said {
                Some(before) => log.say(rules::day_twice(day, hours.days.span, *before)),
                None => {
                    *said = Some(hours.days.span);
                    slot.clone_from(&windows);
                }
            }
        }
    }
    // Hours that cannot be read have been reported; a week without any is a fault of its own.
    let no_windows = written.hours.iter().all(|it| it.windows.is_empty());
    if !written.hours.is_empty() && no_windows {
        log.say(rules::never_open(&written.name));
    }
    if let Some((day, late, early)) = week_overlap(&week) {
        let day = DAYS.get(usize::try_from(day.num_days_from_monday()).unwrap_or(0));
        log.say(rules::windows_over_midnight(day.unwrap_or(&"mon"), late, early, &written.name));
    }
    week
}

/// The first and the last day, from 0: `fri`, `mon-thu`.
fn days(written: &Spanned<String>, log: &mut Log<'_>) -> Option<(usize, usize)> {
    let place = |name: &str| DAYS.iter().position(|day| *day == name.trim());
    let (first, last) = match written.value.split_once('-') {
        None => (place(&written.value), place(&written.value)),
        Some((first, last)) => (place(first), place(last)),
    };
    match (first, last) {
        (Some(first), Some(last)) if first <= last => Some((first, last)),
        _ => {
            log.say(rules::bad_weekdays(written));
            None
        }
    }
}

/// The windows of a day, in order of opening.
pub(crate) fn windows(written: &[Spanned<String>], log: &mut Log<'_>) -> Vec<Window> {
    let mut found = Vec::new();
    for text in written {
        match parse_window(&text.value) {
            Ok(window) => found.push(window),
            Err(fault @ WindowFault::AlmostMidnight { meant }) => {
                log.say(rules::almost_midnight(&fault, &meant, text.span));
                found.push(meant);
            }
            Err(fault) => log.say(rules::bad_window(&fault, text.span)),
        }
    }
    if let (Some((a, b)), Some(last)) = (overlap(&found), written.last()) {
        log.say(rules::windows_overlap(a, b, last.span));
    }
    found.sort_unstable();
    found
}

fn closed_day(written: &ClosedOrOpen, log: &mut Log<'_>) -> Option<Holiday> {
    let hours = written.hours.as_ref().map(|hours| windows(hours, log));
    let on = on(written.on.as_ref()?, log)?;
    Some(Holiday {
        name: written.name.as_ref()?.value.clone(),
        on,
        observed: Observed::AsIs,
        from: None,
        to: None,
        every: None,
        except: Vec::new(),
        hours,
        source: None,
        unverified: false,
    })
}

/// A day, once or by a rule.
pub(crate) fn on(written: &Spanned<OnDay>, log: &mut Log<'_>) -> Option<On> {
    match &written.value {
        OnDay::Date(date) => Some(On::Date(*date)),
        OnDay::Rule(text) => match parse_on(text) {
            Ok(on) => Some(on),
            Err(fault) => {
                log.say(rules::bad_day(text, &fault, written.span));
                None
            }
        },
    }
}

fn open_day(written: &ClosedOrOpen, week: &[Vec<Window>; 7], log: &mut Log<'_>) -> Option<OpenDay> {
    use chrono::Datelike;
    let hours = written.hours.as_ref().map(|hours| windows(hours, log));
    let on = written.on.as_ref()?;
    let OnDay::Date(date) = on.value else {
        log.say(rules::open_by_rule(on.span));
        return None;
    };
    let weekday = usize::try_from(date.weekday().num_days_from_monday()).unwrap_or(0);
    if hours.is_none() && week.get(weekday).is_some_and(Vec::is_empty) {
        log.say(rules::open_without_hours(on.span, DAYS.get(weekday).unwrap_or(&"day")));
    }
    Some(OpenDay { on: date, name: written.name.as_ref()?.value.clone(), hours })
}
