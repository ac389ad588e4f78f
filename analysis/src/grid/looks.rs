//! When anybody looks at a case: at some times of each day, and whenever something is due.

use engine::machine::Machine;
use engine::runtime::{Case, next_due};
use engine::time::{Instant, NaiveDate, NaiveTime, Twice};

/// The looks of every day from a first one to a last one.
pub(super) struct Looks {
    /// In order, each once.
    at: Vec<Instant>,
}

impl Looks {
    /// The looks at these times of so many days, the first of them included.
    pub(super) fn new(machine: &Machine, from: NaiveDate, days: u32, times: &[NaiveTime]) -> Self {
        let zone = &machine.protocol.zone;
        let dates = std::iter::successors(Some(from), NaiveDate::succ_opt);
        let n_dates = usize::try_from(days).unwrap_or(usize::MAX);
        let of_date = |date: NaiveDate| {
            times.iter().map(move |time| zone.instant(date.and_time(*time), Twice::Earlier).at)
        };
        let mut at: Vec<Instant> = dates.take(n_dates).flat_map(of_date).collect();
        at.sort_unstable();
        at.dedup();
        Self { at }
    }

    /// Those of the first so many.
    pub(super) fn first(&self, n: usize) -> &[Instant] {
        self.at.split_at_checked(n).map_or(&self.at, |(first, _)| first)
    }

    /// The look after an instant: the next time of day, or the instant at which something is due
    /// next, at which it can still be done in time, or the one after it, when time has acted.
    /// `None` where the days are over.
    pub(super) fn after(&self, case: &Case, now: Instant) -> Option<Instant> {
        let next = self.at.partition_point(|at| *at <= now);
        let look = *self.at.get(next)?;
        let Some(acts) = next_due(case) else { return Some(look) };
        let due = Instant::from_ms(acts.ms().saturating_sub(1));
        Some(look.min(if due > now { due } else { acts }))
    }
}
