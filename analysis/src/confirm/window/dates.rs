//! When a case may begin, the most telling dates first.

use std::collections::BTreeSet;

use chrono::{Datelike, Days, Weekday};
use engine::machine::Machine;
use engine::time::{Calendar, Instant, NaiveDate, NaiveTime, Twice, Zone};

use crate::confirm::goal::Goal;
use crate::confirm::window::outlasts;

/// The dates on which a case may be opened, both inclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// The first.
    pub from: NaiveDate,
    /// The last.
    pub to: NaiveDate,
}

/// So many days of a window are looked at.
const DAYS_MAX: usize = 1_500;

/// So many days after a date tell it from others.
const AHEAD_DAYS: usize = 126;

/// The spans, in days after a date, in which working days are counted first.
const SPANS_DAYS: [usize; 6] = [3, 7, 14, 28, 42, 60];

/// At most so many dates.
const DATES_MAX: usize = 400;

/// A date of the window, and which of the days after it are working days: a bit for each day, a
/// number for each calendar.
struct Day {
    on: NaiveDate,
    ahead: Vec<u128>,
}

/// The instants that say most, of a window.
pub(in crate::confirm) struct Telling {
    /// Those at which cases are opened: a plain Monday at 10:00, then one date for each pattern of
    /// working days, those first around which they are fewest or most, at 10:00 and at 20:00.
    pub(in crate::confirm) starts: Vec<Instant>,
    /// Those after which working days are fewest, for each span, in order of time.
    pub(in crate::confirm) slow: Vec<Instant>,
}

impl Window {
    /// The instants that say most. None of them lies outside the dates for which the protocol
    /// holds.
    pub(in crate::confirm) fn telling(self, machine: &Machine) -> Telling {
        let protocol = &machine.protocol;
        let (from, to) = self.within(machine);
        let days = days(&protocol.calendars, from, to);
        let mut seen = BTreeSet::new();
        let distinct: Vec<&Day> = days.iter().filter(|it| seen.insert(it.ahead.clone())).collect();
        let zone = &protocol.zone;
        let morning = |on: &NaiveDate| at(zone, *on, MORNING);
        let evening = |on: &NaiveDate| at(zone, *on, EVENING);
        let both = |on: &NaiveDate| [morning(on), evening(on)].into_iter().flatten();
        let plain = plain_monday(&days);
        let mut starts: Vec<Instant> = plain.iter().filter_map(morning).collect();
        // Both times of day for the extremes, then the others: mornings first.
        starts.extend(extremes(&distinct).iter().flat_map(both));
        let slow = slow(&distinct);
        starts.extend(slow.iter().flat_map(both));
        let mut rest = distinct;
        rest.sort_by_key(|it| (within(it, 14), it.on));
        rest.truncate(DATES_MAX);
        starts.extend(rest.iter().filter_map(|it| morning(&it.on)));
        starts.extend(rest.iter().filter_map(|it| evening(&it.on)));
        let mut once = BTreeSet::new();
        starts.retain(|it| once.insert(*it));
        let mut slow: Vec<Instant> = slow.iter().flat_map(both).collect();
        slow.sort_unstable();
        Telling { starts, slow }
    }

    /// The same for a goal: after the plain Monday come the dates on which a clock outlasts what is promised.
    pub(in crate::confirm) fn telling_of(self, machine: &Machine, goal: Goal) -> Telling {
        let mut telling = self.telling(machine);
        let (from, to) = self.within(machine);
        let dates = from.iter_days().take_while(|it| *it <= to).take(DAYS_MAX);
        let zone = &machine.protocol.zone;
        let mornings: Vec<Instant> = dates.filter_map(|it| at(zone, it, MORNING)).collect();
        let plain = telling.starts.len().min(1);
        telling.starts.splice(plain..plain, outlasts::starts(machine, goal, &mornings));
        let mut once = BTreeSet::new();
        telling.starts.retain(|it| once.insert(*it));
        telling
    }

    /// The dates of it for which the protocol holds, both inclusive.
    fn within(self, machine: &Machine) -> (NaiveDate, NaiveDate) {
        let protocol = &machine.protocol;
        (
            protocol.effective_from.map_or(self.from, |it| it.max(self.from)),
            protocol.effective_to.map_or(self.to, |it| it.min(self.to)),
        )
    }
}

const MORNING: (u32, u32) = (10, 0);
const EVENING: (u32, u32) = (20, 0);

fn at(zone: &Zone, on: NaiveDate, (hour, minute): (u32, u32)) -> Option<Instant> {
    let time = NaiveTime::from_hms_opt(hour, minute, 0)?;
    Some(zone.instant(on.and_time(time), Twice::Earlier).at)
}

fn days(calendars: &[Calendar], from: NaiveDate, to: NaiveDate) -> Vec<Day> {
    let dates: Vec<NaiveDate> =
        from.iter_days().take_while(|it| *it <= to).take(DAYS_MAX).collect();
    let Some(last) = dates.last() else { return Vec::new() };
    let ahead = last.iter_days().skip(1).take(AHEAD_DAYS);
    let all: Vec<NaiveDate> = dates.iter().copied().chain(ahead).collect();
    let working: Vec<Vec<bool>> = calendars
        .iter()
        .map(|calendar| all.iter().map(|it| calendar.is_working_day(*it)).collect())
        .collect();
    let bits = |of: &Vec<bool>, place: usize| {
        let ahead = of.iter().skip(place + 1).take(AHEAD_DAYS);
        ahead.enumerate().fold(0u128, |bits, (day, is)| bits | (u128::from(*is) << day))
    };
    let day = |(place, on): (usize, &NaiveDate)| Day {
        on: *on,
        ahead: working.iter().map(|it| bits(it, place)).collect(),
    };
    dates.iter().enumerate().map(day).collect()
}

/// The first Monday after which no holiday comes for long; else the first Monday.
fn plain_monday(days: &[Day]) -> Option<NaiveDate> {
    let mondays = || days.iter().filter(|it| it.on.weekday() == Weekday::Mon);
    let n_working = |it: &&Day| within(it, SPANS_DAYS[SPANS_DAYS.len() - 1]);
    let most = mondays().map(|it| n_working(&it)).max()?;
    mondays().find(|it| n_working(it) == most).map(|it| it.on)
}

/// How many working days of the first calendar lie in so many days after a date.
fn within(day: &Day, span: usize) -> u32 {
    let first = day.ahead.first().copied().unwrap_or(0);
    let mask = u32::try_from(span).ok().and_then(|it| 1u128.checked_shl(it));
    (first & mask.map_or(u128::MAX, |it| it - 1)).count_ones()
}

/// For some spans the date with the fewest working days in it and the one with the most; the first
/// of several that are alike.
fn extremes(days: &[&Day]) -> Vec<NaiveDate> {
    let both = |span: usize| {
        let fewest = days.iter().min_by_key(|it| within(it, span));
        let most = days.iter().rev().max_by_key(|it| within(it, span));
        fewest.into_iter().chain(most).map(|it| it.on)
    };
    SPANS_DAYS.into_iter().flat_map(both).collect()
}

/// For every span the date with the fewest working days in it, each date once.
fn slow(days: &[&Day]) -> Vec<NaiveDate> {
    let fewest = |span: usize| days.iter().min_by_key(|it| within(it, span)).map(|it| it.on);
    let mut once = BTreeSet::new();
    (2..=AHEAD_DAYS).filter_map(fewest).filter(|it| once.insert(*it)).collect()
}

/// 10:00 on the next working day after an instant; the next day where no calendar opens.
pub(in crate::confirm) fn next_working_morning(
    machine: &Machine,
    after: Instant,
) -> Option<Instant> {
    let zone = &machine.protocol.zone;
    let calendar = machine.protocol.calendars.first();
    let today = zone.civil(after).date();
    let is_open = |on: &NaiveDate| calendar.is_none_or(|it| it.is_working_day(*on));
    let mut ahead = today.iter_days().skip(1).take(AHEAD_DAYS);
    at(zone, ahead.find(is_open)?, MORNING)
}

/// 20:00 on the day of an instant, so many days later.
pub(in crate::confirm) fn evening_of(
    machine: &Machine,
    day: Instant,
    days: u64,
) -> Option<Instant> {
    let on = machine.protocol.zone.civil(day).date().checked_add_days(Days::new(days))?;
    at(&machine.protocol.zone, on, EVENING)
}

/// 10:00, so many days after the day of an instant.
pub(in crate::confirm) fn morning_of(
    machine: &Machine,
    day: Instant,
    days: u64,
) -> Option<Instant> {
    let on = machine.protocol.zone.civil(day).date().checked_add_days(Days::new(days))?;
    at(&machine.protocol.zone, on, MORNING)
}
