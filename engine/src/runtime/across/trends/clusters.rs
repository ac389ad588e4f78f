//! Cases of one group, in the order in which they were opened, as clusters.

use std::collections::BTreeSet;

use crate::machine::Machine;
use crate::model::{Trend, TrendId};
use crate::runtime::CaseKey;
use crate::text::Symbol;
use crate::time::{self, Instant};

/// A trend was seen. It says something about many cases and touches none of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signal {
    /// The trend.
    pub trend: TrendId,
    /// When the case was opened that completed it.
    pub at: Instant,
    /// The cases that made it, in the order in which they were opened.
    pub cases: Vec<CaseKey>,
}

impl Signal {
    /// By instant, then in file order.
    pub(crate) fn order(&self) -> impl Ord + '_ {
        (self.at, self.trend, &self.cases)
    }
}

/// A case as a trend counts it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Counted {
    pub(crate) opened: Instant,
    pub(crate) key: CaseKey,
    pub(crate) person: Option<Symbol>,
    /// When the event of `after` happened in it, in order: each time counts for what comes back
    /// after it.
    pub(crate) mended: Vec<Instant>,
    /// Whether it counts; else it only says when something was mended.
    pub(crate) counts: bool,
}

/// Cases with no gap between them as long as the period of the trend.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Cluster {
    /// When the first case was opened that makes its signal, or the first of all without one.
    pub(crate) from: Instant,
    /// When the latest case was opened.
    pub(crate) last: Instant,
    /// The most cases, or persons, within the period at any time.
    pub(crate) most: usize,
    /// The first time that they were enough.
    pub(crate) signal: Option<Signal>,
}

/// The clusters of one group. The cases are sorted.
pub(crate) fn clusters(machine: &Machine, id: TrendId, group: &[Counted]) -> Vec<Cluster> {
    let protocol = &machine.protocol;
    let mut found: Vec<Cluster> = Vec::new();
    let trend = protocol.trends.get(id.index());
    let (Some(trend), Some(calendar)) = (trend, protocol.calendars.first()) else { return found };
    let mut mended: Vec<Instant> = group.iter().flat_map(|it| &it.mended).copied().collect();
    mended.sort_unstable();
    let mut window: Vec<&Counted> = Vec::new();
    for case in group.iter().filter(|it| it.counts) {
        let Ok(from) = time::since(calendar, protocol.counts, case.opened, trend.within) else {
            continue;
        };
        let before = mended.partition_point(|at| *at < case.opened);
        let mended = before.checked_sub(1).and_then(|it| mended.get(it).copied());
        let mended = mended.filter(|at| *at >= from);
        if trend.after.is_some() && mended.is_none() {
            continue;
        }
        window.retain(|it| it.opened >= from && mended.is_none_or(|at| it.opened > at));
        if window.is_empty() {
            let (from, last) = (case.opened, case.opened);
            found.push(Cluster { from, last, most: 0, signal: None });
        }
        window.push(case);
        let Some(cluster) = found.last_mut() else { continue };
        let n = enough_of(trend, &window);
        cluster.most = cluster.most.max(n);
        cluster.last = case.opened;
        if cluster.signal.is_none() && n >= usize::try_from(trend.count).unwrap_or(usize::MAX) {
            cluster.from = window.first().map_or(case.opened, |it| it.opened);
            let cases = window.iter().map(|it| it.key).collect();
            cluster.signal = Some(Signal { trend: id, at: case.opened, cases });
        }
    }
    found
}

/// How many cases, or persons, there are.
fn enough_of(trend: &Trend, window: &[&Counted]) -> usize {
    match trend.distinct {
        true => window.iter().filter_map(|it| it.person).collect::<BTreeSet<Symbol>>().len(),
        false => window.len(),
    }
}
