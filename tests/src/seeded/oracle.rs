//! Whether a guarantee is true, asked of what knows nothing of proofs: the day grid, which tries everything
//! that anybody can do on some dates, and the engine at random.

use std::collections::BTreeSet;

use analysis::confirm::{self, Effort, Window};
use analysis::grid::{Extent, Goal, Options, explore};
use analysis::{Outcome, Verdict};
use engine::machine::Machine;
use engine::model::GuaranteeId;
use engine::time::{NaiveDate, NaiveTime};

use crate::verified::replayed;

/// How many situations of each date are looked at.
const SITUATIONS: usize = 2_500;
/// How many days of each.
const DAYS: u32 = 150;
/// How many courses are tried at random.
const COURSES: u32 = 150;
const SEED: u64 = 11;

/// What was seen of a guarantee.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Truth {
    /// The grid broke it.
    BrokenOnGrid,
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
        matches!(self, Self::BrokenOnGrid | Self::BrokenByEngine)
    }
}

/// What is seen of a guarantee. A verdict says where to look first, and nothing else: what it says is not
/// believed before the engine has done it.
pub(super) fn truth(machine: &Machine, id: GuaranteeId, verdict: &Verdict) -> Truth {
    let assume = &machine.protocol.guarantees[id.index()].assume;
    let mut complete = true;
    for (opened_on, times) in looks(machine, verdict) {
        let options = Options {
            opened_on,
            days: DAYS,
            times,
            assume: assume.clone(),
            situations_max: SITUATIONS,
        };
        let found = explore(machine, &[Goal::Holds(id)], &options);
        complete &= found.extent == Extent::Whole;
        let broken = found.goals.into_iter().find_map(|it| it.broken);
        if broken.is_some_and(|course| replayed(machine, id, &course).is_ok()) {
            return Truth::BrokenOnGrid;
        }
    }
    if complete {
        return Truth::Unbroken;
    }
    let by_verdict = match &verdict.outcome {
        Outcome::Refuted(course) => replayed(machine, id, course).is_ok(),
        _ => {
            let (from, to) = window(machine);
            let goal = confirm::Goal::Broken(id);
            let found =
                confirm::search(machine, goal, Window { from, to }, SEED, Effort::of(COURSES));
            found.is_some_and(|course| replayed(machine, id, &course).is_ok())
        }
    };
    if by_verdict { Truth::BrokenByEngine } else { Truth::NotSeen }
}

/// The dates on which a case is opened, and the times of day at which anybody acts.
fn looks(machine: &Machine, verdict: &Verdict) -> Vec<(NaiveDate, Vec<NaiveTime>)> {
    let zone = &machine.protocol.zone;
    if let Outcome::Refuted(course) = &verdict.outcome
        && let Some(opened) = course.events.first()
    {
        let times = course.events.iter().map(|it| zone.civil(it.at).time());
        let times: BTreeSet<NaiveTime> = times.collect();
        return vec![(zone.civil(opened.at).date(), times.into_iter().take(2).collect())];
    }
    let morning = vec![NaiveTime::from_hms_opt(10, 0, 0).unwrap_or_default()];
    let (from, _) = window(machine);
    let year = chrono::Datelike::year(&from) + 1;
    let dates = [(year, 3, 2), (year, 12, 20)];
    let dates = dates.into_iter().filter_map(|(y, m, d)| NaiveDate::from_ymd_opt(y, m, d));
    dates.map(|date| (date, morning.clone())).collect()
}

fn window(machine: &Machine) -> (NaiveDate, NaiveDate) {
    let options = analysis::Options::new(machine);
    (options.from, options.to)
}
