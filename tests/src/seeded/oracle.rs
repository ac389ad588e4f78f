//! Whether a guarantee is true, asked of what knows nothing of proofs: the day grid, which tries everything
//! that anybody can do on some dates, and the engine at random.

use std::collections::BTreeSet;

use analysis::confirm::{self, Effort, Window};
use analysis::grid::{Extent, Goal, Options, explore};
use analysis::{Course, Outcome, Verdict};
use engine::machine::Machine;
use engine::model::{DeadlineId, GuaranteeId};
use engine::time::{NaiveDate, NaiveTime};

use crate::verified::replayed;

/// How many situations of each date are looked at.
const SITUATIONS: usize = 4_000;
/// How many days of each.
const DAYS: u32 = 150;
/// How many courses are tried at random.
const COURSES: u32 = 150;
const SEED: u64 = 11;

/// What was seen of a guarantee.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Truth {
    /// The grid broke it, on the dates on which it always looks.
    BrokenOnGrid,
    /// The grid broke it, on the dates of the verdict.
    BrokenOnItsDates,
    /// The engine broke it, on a course of the verdict or at random; the grid did not get there.
    BrokenByEngine,
    /// The grid went through everything, and nothing broke it.
    Unbroken,
    /// Nothing broke it as far as was looked.
    NotSeen,
}

impl Truth {
    /// Whether it is known not to be true.
    pub(super) const fn is_broken(self) -> bool {
        matches!(self, Self::BrokenOnGrid | Self::BrokenOnItsDates | Self::BrokenByEngine)
    }
}

/// What is seen of some guarantees. A verdict says where else to look, and nothing more: what it says is not
/// believed before the engine has done it.
pub(super) fn truths(machine: &Machine, asked: &[(GuaranteeId, &Verdict)]) -> Vec<Truth> {
    let mut found = vec![None; asked.len()];
    let assumes = |id: GuaranteeId| &*machine.protocol.guarantees[id.index()].assume;
    let all: BTreeSet<&[DeadlineId]> = asked.iter().map(|it| assumes(it.0)).collect();
    for assume in all {
        // One walk looks for all of them.
        let of: Vec<usize> =
            (0..asked.len()).filter(|at| assumes(asked[*at].0) == assume).collect();
        let ids: Vec<GuaranteeId> = of.iter().map(|at| asked[*at].0).collect();
        for (at, truth) in of.iter().zip(on_grid(machine, &ids, &looks(machine))) {
            found[*at] = truth;
        }
    }
    let each = asked.iter().zip(found);
    each.map(|((id, verdict), found)| found.unwrap_or_else(|| besides(machine, *id, verdict)))
        .collect()
}

/// What the grid says of each; nothing where it did not get through and broke nothing.
fn on_grid(machine: &Machine, ids: &[GuaranteeId], looks: &[Look]) -> Vec<Option<Truth>> {
    let goals: Vec<Goal> = ids.iter().map(|it| Goal::Holds(*it)).collect();
    let assume = ids.first().map(|it| machine.protocol.guarantees[it.index()].assume.clone());
    let mut broken = vec![false; ids.len()];
    let mut is_complete = true;
    for (opened_on, times) in looks {
        let options = Options {
            opened_on: *opened_on,
            days: DAYS,
            times: times.clone(),
            assume: assume.clone().unwrap_or_default(),
            situations_max: SITUATIONS,
        };
        let found = explore(machine, &goals, &options);
        is_complete &= found.extent == Extent::Whole;
        for ((id, of), broken) in ids.iter().zip(found.goals).zip(&mut broken) {
            let course = of.broken;
            *broken |= course.is_some_and(|it| replayed(machine, *id, &it).is_ok());
        }
    }
    let said = |broken| match broken {
        true => Some(Truth::BrokenOnGrid),
        false => is_complete.then_some(Truth::Unbroken),
    };
    broken.into_iter().map(said).collect()
}

/// What is seen of a guarantee on the course of the verdict, or at random where there is none.
fn besides(machine: &Machine, id: GuaranteeId, verdict: &Verdict) -> Truth {
    let course = match &verdict.outcome {
        Outcome::Refuted(course) => {
            let found = on_grid(machine, &[id], &its_dates(machine, course));
            if found == [Some(Truth::BrokenOnGrid)] {
                return Truth::BrokenOnItsDates;
            }
            Some((**course).clone())
        }
        _ => {
            let (from, to) = window(machine);
            let goal = confirm::Goal::Broken(id);
            confirm::search(machine, goal, Window { from, to }, SEED, Effort::of(COURSES))
        }
    };
    match course.is_some_and(|it| replayed(machine, id, &it).is_ok()) {
        true => Truth::BrokenByEngine,
        false => Truth::NotSeen,
    }
}

/// A date on which a case is opened, and the times of day at which anybody acts.
type Look = (NaiveDate, Vec<NaiveTime>);

fn looks(machine: &Machine) -> Vec<Look> {
    let morning = vec![NaiveTime::from_hms_opt(10, 0, 0).unwrap_or_default()];
    let (from, _) = window(machine);
    let year = chrono::Datelike::year(&from) + 1;
    let dates = [(year, 3, 2), (year, 12, 20)];
    let dates = dates.into_iter().filter_map(|(y, m, d)| NaiveDate::from_ymd_opt(y, m, d));
    dates.map(|date| (date, morning.clone())).collect()
}

/// The day on which a course begins, and the first of the times at which somebody acts on it.
fn its_dates(machine: &Machine, course: &Course) -> Vec<Look> {
    let zone = &machine.protocol.zone;
    let Some(opened) = course.events.first() else { return Vec::new() };
    let times = course.events.iter().map(|it| zone.civil(it.at).time());
    let times: BTreeSet<NaiveTime> = times.collect();
    vec![(zone.civil(opened.at).date(), times.into_iter().take(2).collect())]
}

fn window(machine: &Machine) -> (NaiveDate, NaiveDate) {
    let options = analysis::Options::new(machine);
    (options.from, options.to)
}
