//! The signals of a register as its cases change: only the groups that a case leaves or joins are
//! counted again.

use std::collections::{BTreeMap, BTreeSet};

use crate::machine::Machine;
use crate::model::{Trend, TrendId};
use crate::runtime::across::trends::Gathered;
use crate::runtime::across::trends::clusters::{Counted, Signal, clusters};
use crate::runtime::across::trends::placed::{Group, Looked, happened, placed};
use crate::runtime::{CaseKey, Held, Register, Seen};
use crate::text::Strings;

/// Something that became known about a trend.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What.
    pub kind: Changed,
    /// The signal.
    pub signal: Signal,
}

/// What became known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Changed {
    /// There is a cluster that is large enough, and nobody has been told of it.
    Raised,
    /// What became known later about its cases leaves too few of them.
    Withdrawn,
}

/// What is counted.
#[derive(Clone, Debug, Default)]
pub(crate) struct Watch {
    groups: BTreeMap<Group, BTreeSet<Counted>>,
    of_case: BTreeMap<CaseKey, BTreeMap<Group, Counted>>,
    standing: BTreeMap<Group, Vec<Signal>>,
    /// What became known, in order. Nothing is ever taken out.
    pub(crate) changes: Vec<Change>,
}

/// All signals that stand, worked out anew: by instant, then in file order.
#[must_use]
pub fn trends(machine: &Machine, register: &Register, strings: &Strings) -> Vec<Signal> {
    let mut gathered = Gathered::default();
    for (key, held) in register.iter() {
        gathered.add(machine, key, Seen { machine, strings, case: &held.case }, &held.facts());
    }
    gathered.standing(machine).into_iter().map(|it| it.signal).collect()
}

/// The trends of which some cluster came as close as one case and never was enough.
pub(crate) fn one_short(machine: &Machine, register: &Register) -> Vec<TrendId> {
    let short = |(id, _): &&Group, group: &BTreeSet<Counted>| {
        let wanted = machine.protocol.trends.get(id.index()).map_or(0, |it| it.count);
        let group: Vec<Counted> = group.iter().cloned().collect();
        let mut all = clusters(machine, *id, &group).into_iter();
        all.any(|it| {
            let most = u32::try_from(it.most).unwrap_or(u32::MAX);
            it.signal.is_none() && most.saturating_add(1) == wanted
        })
    };
    let groups = register.watch.groups.iter();
    groups.filter(|(group, cases)| short(group, cases)).map(|((id, _), _)| *id).collect()
}

fn signals(machine: &Machine, id: TrendId, group: &BTreeSet<Counted>) -> Vec<Signal> {
    let group: Vec<Counted> = group.iter().cloned().collect();
    clusters(machine, id, &group).into_iter().filter_map(|it| it.signal).collect()
}

fn sorted(mut all: Vec<Signal>) -> Vec<Signal> {
    all.sort_by(|a, b| a.order().cmp(&b.order()));
    all
}

impl Watch {
    /// The signals that stand, by instant, then in file order.
    pub(crate) fn standing(&self) -> Vec<Signal> {
        sorted(self.standing.values().flatten().cloned().collect())
    }

    /// Looks at a case again, and notes what became known by it.
    pub(crate) fn look(&mut self, machine: &Machine, key: CaseKey, held: &Held, strings: &Strings) {
        for group in self.regroup(machine, key, held, strings) {
            let cases = self.groups.get(&group);
            let now = cases.map_or_else(Vec::new, |cases| signals(machine, group.0, cases));
            let before = self.standing.remove(&group).unwrap_or_default();
            let goes_on = |one: &Signal, others: &[Signal]| {
                others.iter().any(|it| it.cases.iter().any(|case| one.cases.contains(case)))
            };
            let note = |kind, all: &[Signal], others: &[Signal]| {
                let new = all.iter().filter(|it| !goes_on(it, others));
                new.map(|it| Change { kind, signal: it.clone() }).collect::<Vec<_>>()
            };
            self.changes.extend(note(Changed::Withdrawn, &before, &now));
            self.changes.extend(note(Changed::Raised, &now, &before));
            if !now.is_empty() {
                self.standing.insert(group, now);
            }
        }
    }

    /// Puts a case where it belongs, and gives the groups that have changed.
    fn regroup(
        &mut self,
        machine: &Machine,
        key: CaseKey,
        held: &Held,
        strings: &Strings,
    ) -> BTreeSet<Group> {
        let happened = |trend: &Trend| match trend.after {
            None => Vec::new(),
            Some(event) => happened(held.facts(), |id| id == event),
        };
        let looked = Looked { key, case: &held.case, happened: &happened, strings };
        let found = placed(machine, looked, &mut |it| it);
        let after: BTreeMap<Group, Counted> =
            found.into_iter().map(|it| (it.group, it.case)).collect();
        let before = self.of_case.remove(&key).unwrap_or_default();
        let mut changed = BTreeSet::new();
        for (group, case) in before.iter().filter(|(group, case)| after.get(*group) != Some(*case))
        {
            if let Some(cases) = self.groups.get_mut(group) {
                cases.remove(case);
            }
            changed.insert(group.clone());
        }
        for (group, case) in after.iter().filter(|(group, case)| before.get(*group) != Some(*case))
        {
            self.groups.entry(group.clone()).or_default().insert(case.clone());
            changed.insert(group.clone());
        }
        self.of_case.insert(key, after);
        changed
    }
}
