//! Terms: what is read can be printed and read again, and is counted as the slow way counts.

use std::sync::LazyLock;

use engine::time::{
    Allowance, Base, Course, Ledger, Term, Unit, at_percent, before, due, due_with, elapsed,
    parse_allowance, parse_term, sentence,
};

use super::pieces::{first_line, number};
use crate::reference_time;
use crate::time_cases::{Dice, Place, ZONES, place, plan};

/// The slow way looks at every minute, or at every day.
const SLOW_DAYS_MAX: u32 = 400;
const SLOW_MINUTES_MAX: u32 = 20_000;

static PLACES: LazyLock<Vec<Place>> =
    LazyLock::new(|| (0..).zip(ZONES).map(|(seed, zone)| place(zone, seed)).collect());

/// Reads the first line as a term; what follows chooses where, by what rules and from when it is
/// counted.
///
/// # Panics
/// When the engine breaks its word.
pub fn term(bytes: &[u8]) {
    let (line, rest) = first_line(bytes);
    let text = String::from_utf8_lossy(line);
    if let Err(fault) = parse_term(&text) {
        assert!(!fault.to_string().is_empty());
        assert!(!fault.help().is_empty());
    }
    let allowance = match parse_allowance(&text) {
        Ok(allowance) => allowance,
        Err(fault) => {
            assert!(!fault.to_string().is_empty());
            return;
        }
    };
    assert_eq!(parse_allowance(&allowance.to_string()), Ok(allowance.clone()), "{text}");
    for term in allowance.terms() {
        assert_eq!(parse_term(&term.to_string()), Ok(*term), "{text}");
    }
    count(&allowance, number(rest));
}

fn count(allowance: &Allowance, seed: u64) {
    let mut dice = Dice::new(seed);
    let place = &PLACES[dice.below(u32::try_from(PLACES.len()).unwrap_or(1)) as usize];
    let made = plan(place, &mut dice);
    let (calendar, rules) = (&place.calendar, made.rules);
    let course = Course {
        start: made.start,
        base: Base::Allowance(allowance),
        additions: &made.additions,
        pauses: &made.pauses,
    };
    let mut ledger = Ledger::default();
    let found = due(calendar, rules, &course);
    assert_eq!(found, due_with(calendar, rules, &course, &mut ledger), "{course:?}");
    assert!(!sentence(&ledger, calendar).is_empty());
    for term in allowance.terms() {
        let _ = before(calendar, rules, made.start.at, *term);
    }
    let Ok(found) = found else { return };
    if allowance.terms().iter().all(is_short) && *allowance != Allowance::Promptly {
        let expected = reference_time::due(calendar, rules, &course);
        assert_eq!(found.at.zip(found.on), expected, "{made:#?} {allowance}");
    }
    let Some(at) = found.at else { return };
    assert_eq!(at_percent(calendar, rules, &course, 100), Ok(Some(at)), "{made:#?} {allowance}");
    let half = at_percent(calendar, rules, &course, 50);
    assert!(half.is_ok_and(|it| it.is_none_or(|half| half <= at)), "{made:#?} {allowance}");
    let took = elapsed(calendar, made.start.at, at, &made.pauses);
    assert!(took.working_ms <= took.actual_ms, "{made:#?} {allowance}");
}

fn is_short(term: &Term) -> bool {
    let (amount, most) = match term.unit {
        Unit::Minutes | Unit::WorkingMinutes => (term.amount, SLOW_MINUTES_MAX),
        Unit::Hours | Unit::WorkingHours => (term.amount, SLOW_MINUTES_MAX / 60),
        Unit::WorkingDays | Unit::CalendarDays => (term.amount, SLOW_DAYS_MAX),
        Unit::Weeks => (term.amount, SLOW_DAYS_MAX / 7),
        Unit::Months => (term.amount, SLOW_DAYS_MAX / 30),
        Unit::Years => (term.amount, 2),
    };
    amount <= most
}
