//! Three terms one after the other, followed from every date of seven years.

use analysis::grid::{Extent, Goal, Options, explore};
use analysis::{Asked, Outcome, prove};
use engine::model::GuaranteeId;
use engine::time::{NaiveDate, NaiveTime};

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

#[test]
fn it_is_never_said_that_they_are_fewer() {
    let text = include_str!("../../../suite/verified/chain.toml");
    let machine = machine_of(text).unwrap();
    let date = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap();
    let options = analysis::Options {
        from: date(2024, 1, 1),
        to: date(2030, 12, 31),
        ..analysis::Options::new(&machine)
    };
    let verdict = prove(&machine, Asked::Own(GuaranteeId::at(0)), &options);
    let (proved, witnessed) = match verdict.outcome {
        Outcome::Proved(proved) => (proved.most_days, Some(55)),
        Outcome::Undecided(undecided) => (undecided.at_most_days, undecided.at_least_days),
        Outcome::Refuted(course) => panic!("refuted: {:?}", course.events),
        Outcome::Impossible(what) => panic!("impossible: {what:?}"),
    };
    assert_eq!(witnessed, Some(55), "no course was found that takes as long");
    assert!(proved.is_none_or(|most| (55..64).contains(&most)), "{proved:?}");
}
