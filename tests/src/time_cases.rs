//! Calendars, rules and courses made from a seed: the same seed always gives the same ones.

use chrono::Datelike;
use chrono::Days;
use chrono::TimeDelta;
use engine::time::Allowance;
use engine::time::Calendar;
use engine::time::CalendarPlan;
use engine::time::Ends;
use engine::time::FirstDay;
use engine::time::Holiday;
use engine::time::Instant;
use engine::time::NaiveDate;
use engine::time::Observed;
use engine::time::On;
use engine::time::OpenDay;
use engine::time::OutsideHours;
use engine::time::Pause;
use engine::time::Roll;
use engine::time::Rules;
use engine::time::Start;
use engine::time::Term;
use engine::time::Twice;
use engine::time::Unit;
use engine::time::Window;
use engine::time::Zone;
use engine::time::parse_window;

/// Zones with changes of an hour, of half an hour, at midnight, on the other side of the year, and
/// without any.
pub(crate) const ZONES: [&str; 7] = [
    "Europe/London",
    "Europe/Amsterdam",
    "America/New_York",
    "Australia/Lord_Howe",
    "America/Sao_Paulo",
    "Africa/Cairo",
    "Asia/Kathmandu",
];

const DAYS_OF_WINDOWS: [&[&str]; 9] = [
    &["09:00-17:00"],
    &["08:00-12:00", "13:30-18:00"],
    &["00:00-24:00"],
    &["22:00-06:00"],
    &["08:00-12:00", "18:00-02:00"],
    &["00:00-02:30", "03:00-09:00"],
    &["01:30-10:00"],
    &["16:00-24:00"],
    &["00:30-01:30", "02:15-02:45", "12:00-17:00"],
];

/// A small generator of numbers (splitmix64), so that a seed means the same for ever.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15))
    }

    /// A number from 0 up to `n` (excluded).
    pub(crate) fn below(&mut self, n: u32) -> u32 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        u32::try_from((mixed ^ (mixed >> 31)) % u64::from(n)).unwrap()
    }

    fn one_in(&mut self, n: u32) -> bool {
        self.below(n) == 0
    }

    fn pick<T: Clone>(&mut self, from: &[T]) -> T {
        from[self.below(u32::try_from(from.len()).unwrap()) as usize].clone()
    }
}

/// A calendar, and the days between 2010 and 2030 on which its clocks change.
pub(crate) struct Place {
    pub(crate) calendar: Calendar,
    pub(crate) changes: Vec<NaiveDate>,
}

/// A course that owns what it is made of.
#[derive(Debug)]
pub(crate) struct Plan {
    pub(crate) rules: Rules,
    pub(crate) start: Start,
    /// A term, several of them, or an agreed date.
    pub(crate) allowance: Result<Allowance, NaiveDate>,
    pub(crate) additions: Vec<Term>,
    pub(crate) pauses: Vec<Pause>,
}

pub(crate) fn place(zone: &str, seed: u64) -> Place {
    let mut dice = Dice::new(seed);
    let zone = Zone::find(zone).unwrap();
    let first = NaiveDate::from_ymd_opt(2010, 1, 1).unwrap();
    let days: Vec<NaiveDate> = first.iter_days().take(20 * 365).collect();
    let offset = |day: NaiveDate| zone.offset_seconds(zone.day_last(day));
    let changes: Vec<NaiveDate> =
        days.iter().copied().filter(|day| offset(*day - Days::new(1)) != offset(*day)).collect();
    let usual = dice.pick(&DAYS_OF_WINDOWS);
    let n_open = 3 + dice.below(5) as usize;
    let week = std::array::from_fn(|day| match day {
        day if day >= n_open => Vec::new(),
        _ if dice.one_in(6) => windows(dice.pick(&DAYS_OF_WINDOWS)),
        _ => windows(usual),
    });
    let closed = (0..600)
        .map(|_| {
            let near_change = !changes.is_empty() && dice.one_in(4);
            let day = if near_change { dice.pick(&changes) } else { dice.pick(&days) };
            let hours = dice.one_in(4).then(|| windows(dice.pick(&DAYS_OF_WINDOWS)));
            holiday(day, hours)
        })
        .collect();
    let open = (0..60)
        .map(|_| OpenDay {
            on: dice.pick(&days),
            name: "open all the same".to_owned(),
            hours: Some(windows(dice.pick(&DAYS_OF_WINDOWS))),
        })
        .collect();
    let plan = CalendarPlan { id: seed.to_string(), zone, week, sets: Vec::new(), closed, open };
    Place { calendar: Calendar::build(plan), changes }
}

pub(crate) fn plan(place: &Place, dice: &mut Dice) -> Plan {
    let rules = Rules {
        first_day: dice.pick(&[FirstDay::Next, FirstDay::Same]),
        ends: dice.pick(&[Ends::Close, Ends::Midnight, Ends::Exact]),
        roll: dice.pick(&[Roll::Forward, Roll::Back, Roll::None]),
        outside_hours: dice.pick(&[OutsideHours::AsIs, OutsideHours::NextWorkingDay]),
        twice: dice.pick(&[Twice::Earlier, Twice::Later]),
    };
    let day = start_day(place, dice);
    let start = Start {
        at: instant(place, dice, day),
        date_only: dice.one_in(8),
        receipt: !dice.one_in(4),
    };
    let allowance = match dice.below(12) {
        0 => Ok(Allowance::Min(vec![term(dice), term(dice)])),
        1 => Ok(Allowance::Max(vec![term(dice), term(dice), term(dice)])),
        2 => Err(day + Days::new(u64::from(dice.below(40)))),
        _ => Ok(Allowance::Term(term(dice))),
    };
    let n_additions = [0, 0, 0, 1, 2][dice.below(5) as usize];
    let additions = (0..n_additions).map(|_| term(dice)).collect();
    let pauses = pauses(place, dice, day);
    Plan { rules, start, allowance, additions, pauses }
}

fn windows(texts: &[&str]) -> Vec<Window> {
    texts.iter().map(|text| parse_window(text).unwrap()).collect()
}

fn holiday(day: NaiveDate, hours: Option<Vec<Window>>) -> Holiday {
    Holiday {
        name: "closed".to_owned(),
        on: On::Date(day),
        observed: Observed::AsIs,
        from: None,
        to: None,
        every: None,
        except: Vec::new(),
        hours,
        source: None,
        unverified: false,
    }
}

/// A day in 2011 to 2027, half of them shortly before the clocks change.
fn start_day(place: &Place, dice: &mut Dice) -> NaiveDate {
    let first = NaiveDate::from_ymd_opt(2011, 1, 1).unwrap();
    let any = first + Days::new(u64::from(dice.below(17 * 365)));
    if place.changes.is_empty() || dice.one_in(2) {
        // Month ends are where months are cut.
        let last = (28..=31).rev().find_map(|day| any.with_day(day)).unwrap();
        return if dice.one_in(5) { last } else { any };
    }
    dice.pick(&place.changes) - Days::new(u64::from(dice.below(6)))
}

/// An instant of a civil date: at any minute, or at a quarter, where windows open and close.
fn instant(place: &Place, dice: &mut Dice, day: NaiveDate) -> Instant {
    let minute = if dice.one_in(3) { dice.below(1_440) } else { dice.below(96) * 15 };
    let civil = day.and_hms_opt(0, 0, 0).unwrap() + TimeDelta::minutes(minute.into());
    let twice = dice.pick(&[Twice::Earlier, Twice::Later]);
    place.calendar.zone().instant(civil, twice).at
}

fn pauses(place: &Place, dice: &mut Dice, start: NaiveDate) -> Vec<Pause> {
    let n_pauses = [0, 0, 1, 1, 2, 3][dice.below(6) as usize];
    let mut ends: Vec<Instant> = (0..2 * n_pauses)
        .map(|_| {
            let reach = dice.pick(&[3, 12, 40]);
            let day = start - Days::new(1) + Days::new(u64::from(dice.below(reach)));
            instant(place, dice, day)
        })
        .collect();
    ends.sort_unstable();
    ends.dedup();
    let mut pauses: Vec<Pause> =
        ends.chunks_exact(2).map(|pair| Pause { from: pair[0], to: Some(pair[1]) }).collect();
    if let Some(last) = pauses.last_mut().filter(|_| dice.one_in(6)) {
        last.to = None;
    }
    pauses
}

fn term(dice: &mut Dice) -> Term {
    let (unit, amount_max) = dice.pick(&[
        (Unit::Minutes, 600),
        (Unit::Hours, 72),
        (Unit::WorkingMinutes, 500),
        (Unit::WorkingHours, 12),
        (Unit::WorkingDays, 25),
        (Unit::WorkingDays, 4),
        (Unit::CalendarDays, 40),
        (Unit::CalendarDays, 5),
        (Unit::Weeks, 5),
        (Unit::Months, 4),
        (Unit::Years, 2),
    ]);
    Term { amount: 1 + dice.below(amount_max), unit }
}
