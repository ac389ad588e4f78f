//! The engine's quick way of counting against the slow one.
//!
//! `REDRESS_TIME_SEED` sets the seed of the first case and `REDRESS_TIME_CASES` their number; a
//! failure names the seed that finds it alone. Seeds that once found something stay in `FOUND`.

use crate::reference_time;
use crate::time_cases::Dice;
use crate::time_cases::Place;
use crate::time_cases::Plan;
use crate::time_cases::ZONES;
use crate::time_cases::place;
use crate::time_cases::plan;
use engine::time::Base;
use engine::time::Course;
use engine::time::Instant;
use engine::time::Ledger;
use engine::time::Term;
use engine::time::Unit;
use engine::time::before;
use engine::time::due;
use engine::time::due_with;
use engine::time::elapsed;

const CASES: u64 = 10_500;
const FIRST_SEED: u64 = 20_260_330;
const CALENDARS_A_ZONE: u64 = 4;

/// Seeds of courses in which the two ways once differed.
const FOUND: [u64; 0] = [];
/// The same for elapsed time and warnings: a night that ran into an earlier opening.
const FOUND_BACKWARDS: [u64; 1] = [20_260_724];

fn places() -> Vec<Place> {
    let zones = ZONES.iter().flat_map(|zone| (0..CALENDARS_A_ZONE).map(move |_| zone));
    (0..).zip(zones).map(|(seed, zone)| place(zone, seed)).collect()
}

fn number(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise)
}

fn shown(place: &Place, at: Instant) -> String {
    format!("{at} = {}", place.calendar.zone().civil(at).format("%a %Y-%m-%d %H:%M:%S%.3f"))
}

/// Compares one case; gives back its due instant.
fn check(places: &[Place], seed: u64) -> Option<Instant> {
    let mut dice = Dice::new(seed);
    let place = &places[dice.below(u32::try_from(places.len()).unwrap()) as usize];
    let made: Plan = plan(place, &mut dice);
    let base = match &made.allowance {
        Ok(allowance) => Base::Allowance(allowance),
        Err(date) => Base::Date(*date),
    };
    let course =
        Course { start: made.start, base, additions: &made.additions, pauses: &made.pauses };
    let found = due(&place.calendar, made.rules, &course).unwrap();
    let expected = reference_time::due(&place.calendar, made.rules, &course);
    let of = |at: Option<Instant>| at.map_or_else(|| "paused".to_owned(), |at| shown(place, at));
    let context = || {
        format!(
            "seed {seed}\n{} {:?}\nstart {}\n{made:#?}\nfound    {} {:?}\nexpected {} {:?}",
            place.calendar.zone().name(),
            place.calendar.plan().week,
            shown(place, made.start.at),
            of(found.at),
            found.on,
            of(expected.map(|it| it.0)),
            expected.map(|it| it.1),
        )
    };
    assert_eq!(found.at.zip(found.on), expected, "{}", context());
    let mut ledger = Ledger::default();
    let told = due_with(&place.calendar, made.rules, &course, &mut ledger).unwrap();
    assert_eq!(found, told, "{}", context());
    found.at
}

#[expect(clippy::print_stdout, reason = "a random test prints the seed it was run with")]
fn announce(first: u64, n_cases: u64) {
    println!("REDRESS_TIME_SEED={first} REDRESS_TIME_CASES={n_cases}");
}

#[test]
fn quick_and_slow_counting_agree() {
    let places = places();
    let first = number("REDRESS_TIME_SEED", FIRST_SEED);
    let n_cases = number("REDRESS_TIME_CASES", CASES);
    announce(first, n_cases);
    for seed in FOUND {
        check(&places, seed);
    }
    let n_due = (first..first.saturating_add(n_cases)).filter_map(|seed| check(&places, seed));
    let n_due = u64::try_from(n_due.count()).unwrap();
    assert!(n_due * 10 > n_cases * 8, "most cases are due at some time: {n_due} of {n_cases}");
}

#[test]
fn elapsed_time_and_warnings_agree_with_counting_minutes() {
    let places = places();
    let first = number("REDRESS_TIME_SEED", FIRST_SEED);
    let n_cases = number("REDRESS_TIME_CASES", 600);
    announce(first, n_cases);
    for seed in FOUND_BACKWARDS.into_iter().chain(first..first.saturating_add(n_cases)) {
        check_backwards(&places, seed);
    }
}

/// Compares elapsed time and a warning.
fn check_backwards(places: &[Place], seed: u64) {
    let mut dice = Dice::new(seed);
    let place = &places[dice.below(u32::try_from(places.len()).unwrap()) as usize];
    let calendar = &place.calendar;
    let made = plan(place, &mut dice);
    let (from, minutes) = (made.start.at, dice.below(4 * 1_440));
    let to = from.plus_ms(i64::from(minutes) * 60_000).unwrap();
    let quick = elapsed(calendar, from, to, &made.pauses);
    let (working, actual) = reference_time::elapsed_minutes(calendar, from, to, &made.pauses);
    let slow = (working * 60_000, actual * 60_000);
    assert_eq!((quick.working_ms, quick.actual_ms), slow, "seed {seed} {made:#?}");
    let term = Term { amount: 1 + dice.below(400), unit: Unit::WorkingMinutes };
    let quick = before(calendar, made.rules, to, term).unwrap();
    let slow = reference_time::working_minutes_before(calendar, to, term.amount);
    assert_eq!(shown(place, quick), shown(place, slow), "seed {seed} {term} before {to}");
}
