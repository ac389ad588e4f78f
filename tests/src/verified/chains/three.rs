//! Three terms one after the other, followed from every date of seven years.

use analysis::grid::{Extent, Goal, Options, explore};
use analysis::{Asked, Outcome, prove};
use engine::model::GuaranteeId;
use engine::time::{NaiveDate, NaiveTime, Zone};

use crate::verified::machine_of;

/// Longer than all three.
const DAYS: u32 = 70;

/// The first dates: those whose terms may reach over Easter, or over Christmas and the New Year.
fn first_dates() -> Vec<NaiveDate> {
    let mut dates = Vec::new();
    for year in 2024..=2030 {
        for (from, n_days) in [((3, 20), 36), ((11, 25), 32)] {
            let from = NaiveDate::from_ymd_opt(year, from.0, from.1);
            dates.extend(std::iter::successors(from, NaiveDate::succ_opt).take(n_days));
        }
    }
    dates
}

#[test]
fn thirty_five_working_days_are_at_most_fifty_five_calendar_days() {
    let text = include_str!("../../../suite/verified/chain.toml");
    let machine = machine_of(text).unwrap();
    let goals = [Goal::Holds(GuaranteeId::at(0))];
    let worst = |opened_on| {
        let options = Options {
            opened_on,
            days: DAYS,
            times: vec![NaiveTime::from_hms_opt(10, 0, 0).unwrap()],
            assume: Vec::new(),
            situations_max: 10_000,
        };
        let mut found = explore(&machine, &goals, &options);
        assert_eq!(found.extent, Extent::Whole);
        let goal = found.goals.swap_remove(0);
        assert!(goal.broken.is_none());
        goal.most_days()
    };
    assert_eq!(first_dates().into_iter().map(worst).max().unwrap(), Some(55));
}

/// What is said of "over within so many calendar days" for cases of seven years.
fn said(days: &str) -> Outcome {
    let text = include_str!("../../../suite/verified/chain.toml");
    let text = text.replace("within = \"55 calendar days\"", &format!("within = \"{days}\""));
    let machine = machine_of(&text).unwrap();
    let date = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap();
    let options = analysis::Options {
        from: date(2024, 1, 1),
        to: date(2030, 12, 31),
        ..analysis::Options::new(&machine)
    };
    prove(&machine, Asked::Own(GuaranteeId::at(0)), &options).outcome
}

/// Before Good Friday, Easter Monday and two days in May.
#[test]
fn they_are_proved_to_be_no_more_and_one_course_takes_as_many() {
    let Outcome::Proved(proved) = said("55 calendar days") else { panic!("not proved") };
    assert_eq!(proved.most_days, Some(55));
    let worst = proved.worst.unwrap();
    assert_eq!(worst.days, Some(55));
    let opened = NaiveDate::from_ymd_opt(2025, 4, 17).unwrap();
    let zone = Zone::find("Europe/London").unwrap();
    assert_eq!(zone.civil(worst.events[0].at).date(), opened);
}

#[test]
fn fewer_are_refuted() {
    let Outcome::Refuted(course) = said("54 calendar days") else { panic!("not refuted") };
    assert_eq!(course.days, Some(54));
}
