//! The faulty protocols among the examples: following their cases shows every fault.

use std::path::Path;

use engine::model::GuaranteeId;
use engine::time::NaiveDate;

use super::{Looks, Made, followed, replayed};

/// Checks that a guarantee of an example is seen to be broken on some case that is opened on one of
/// these dates, and that the engine breaks it again.
#[track_caller]
fn check(name: &str, dates: &[(i32, u32, u32)], days: u32) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/faulty").join(name);
    let (machine, faults) = engine::load(&store::folder::read(&folder).unwrap());
    let machine = machine.unwrap_or_else(|| panic!("{faults:?}"));
    let none = Made { text: String::new(), guarantees: Vec::new(), is_weekly: true };
    let from = dates.iter().map(|it| NaiveDate::from_ymd_opt(it.0, it.1, it.2).unwrap()).collect();
    let looks = Looks { from, days, situations_max: 30_000, ..Looks::few(&none) };
    let seen = followed(&machine, &looks);
    let broken =
        seen.iter().enumerate().filter_map(|(place, it)| Some((place, it.broken.as_ref()?)));
    let broken: Vec<_> = broken.collect();
    assert!(!broken.is_empty(), "{name}: {seen:?}");
    for (place, course) in broken {
        assert_eq!(replayed(&machine, GuaranteeId::at(place), course), Ok(()));
    }
}

#[test]
fn an_answer_is_put_off_by_a_pause_that_nothing_ends() {
    check("pause-without-limit", &[(2026, 3, 2)], 60);
}

#[test]
fn working_days_are_more_than_their_number_of_weeks() {
    check("working-days-as-weeks", &[(2026, 12, 21)], 90);
}

#[test]
fn a_case_is_closed_without_a_letter() {
    check("closed-without-letter", &[(2026, 3, 2)], 40);
}

#[test]
fn nobody_higher_hears_of_it() {
    check("escalation-forgotten", &[(2026, 3, 2)], 60);
}

#[test]
fn an_answer_is_put_off_once_too_often() {
    check("extended-too-often", &[(2026, 3, 2)], 60);
}

#[test]
fn a_window_closes_sooner_than_promised() {
    check("window-too-short", &[(2026, 3, 2)], 60);
}
