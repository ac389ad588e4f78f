//! What following real cases shows of each guarantee, over several first days.

use analysis::Course;
use analysis::grid::{Extent, Goal, Options, explore};
use engine::machine::Machine;
use engine::model::{DeadlineId, GuaranteeId};
use engine::time::{NaiveDate, NaiveTime};

use super::Made;

/// How closely is looked.
#[derive(Clone, Debug)]
pub(crate) struct Looks {
    /// The dates on which a case is opened.
    pub(crate) from: Vec<NaiveDate>,
    /// The times of day at which anybody acts.
    pub(crate) times: Vec<NaiveTime>,
    /// How many days each is followed.
    pub(crate) days: u32,
    /// The most situations for each.
    pub(crate) situations_max: usize,
}

/// What was found of a guarantee, all dates together.
#[derive(Clone, Debug, Default)]
pub(crate) struct Followed {
    /// The first course on which it is broken.
    pub(crate) broken: Option<Course>,
    /// How many calendar days it took at most.
    pub(crate) most_days: Option<u32>,
    /// Whether all of the days were looked at on every date.
    pub(crate) is_complete: bool,
}

impl Looks {
    /// A few dates and one look a day.
    pub(crate) fn few(made: &Made) -> Self {
        let dates: &[(i32, u32, u32)] = match made.is_weekly {
            true => &[(2026, 3, 2), (2026, 3, 6)],
            false => &[(2026, 12, 21), (2026, 4, 2)],
        };
        Self {
            from: dates.iter().map(date).collect(),
            times: times(&[10]),
            days: 30,
            situations_max: 800,
        }
    }

    /// More dates, and looks before, within and after the hours.
    pub(crate) fn many(made: &Made) -> Self {
        let dates: &[(i32, u32, u32)] = match made.is_weekly {
            true => &[(2026, 3, 2), (2026, 3, 4), (2026, 3, 5), (2026, 3, 6), (2026, 3, 7)],
            false => &[(2026, 12, 21), (2026, 12, 24), (2026, 4, 2), (2026, 4, 3), (2026, 10, 16)],
        };
        let times = times(&[0, 10, 18]);
        Self { from: dates.iter().map(date).collect(), times, days: 35, situations_max: 4_000 }
    }
}

fn date((year, month, day): &(i32, u32, u32)) -> NaiveDate {
    NaiveDate::from_ymd_opt(*year, *month, *day).unwrap_or_default()
}

fn times(hours: &[u32]) -> Vec<NaiveTime> {
    hours.iter().filter_map(|hour| NaiveTime::from_hms_opt(*hour, 0, 0)).collect()
}

/// Follows cases for every guarantee of a protocol, those with one assumption together.
pub(crate) fn followed(machine: &Machine, looks: &Looks) -> Vec<Followed> {
    let guarantees = &machine.protocol.guarantees;
    let mut all = vec![Followed { is_complete: true, ..Followed::default() }; guarantees.len()];
    let mut assumed: Vec<&[DeadlineId]> = guarantees.iter().map(|it| &*it.assume).collect();
    assumed.sort_unstable();
    assumed.dedup();
    for assume in assumed {
        let of = guarantees.iter().enumerate().filter(|(_, it)| it.assume == assume);
        let of: Vec<usize> = of.map(|(place, _)| place).collect();
        let goals: Vec<Goal> = of.iter().map(|it| Goal::Holds(GuaranteeId::at(*it))).collect();
        for opened_on in &looks.from {
            let options = Options {
                opened_on: *opened_on,
                days: looks.days,
                times: looks.times.clone(),
                assume: assume.to_vec(),
                situations_max: looks.situations_max,
            };
            let found = explore(machine, &goals, &options);
            for (place, one) in of.iter().zip(found.goals) {
                let so_far = &mut all[*place];
                so_far.most_days = so_far.most_days.max(one.most_days());
                so_far.is_complete &= found.extent != Extent::Budget;
                so_far.broken = so_far.broken.take().or(one.broken);
            }
        }
    }
    all
}
