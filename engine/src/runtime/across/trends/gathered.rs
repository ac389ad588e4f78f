//! The cases of a protocol as its trends count them, handed in one after the other and not held.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use crate::machine::Machine;
use crate::model::{EventId, Trend};
use crate::runtime::across::trends::clusters::{Counted, Signal, clusters};
use crate::runtime::across::trends::placed::{Group, Looked, happened, placed};
use crate::runtime::{CaseKey, Fact, Seen, seen_by};
use crate::script::Value;
use crate::text::Strings;
use crate::time::Instant;

/// Cases as the trends of one version of a protocol count them. Of each case only this is held: when
/// it was opened and by whom, the values by which it is grouped, and when what `after` names
/// happened.
#[derive(Clone, Debug, Default)]
pub struct Gathered {
    strings: Strings,
    groups: BTreeMap<Group, Alike>,
}

/// The cases of one group.
#[derive(Clone, Debug, Default)]
struct Alike {
    values: Vec<Value>,
    cases: BTreeSet<Counted>,
}

/// A signal that stands, and what is known of its cluster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The signal.
    pub signal: Signal,
    /// When the first of the cases of the signal was opened.
    pub from: Instant,
    /// When the latest case of the cluster was opened.
    pub last: Instant,
    /// The most cases of the cluster, or persons where they must be distinct, within the period.
    pub most: usize,
    /// What the cases have in common: a value for each field of `group_by`, with the strings of
    /// [`Gathered::strings`].
    pub values: Vec<Value>,
}

impl Gathered {
    /// Counts a case; each key once. `facts` are those that are known of it; those that were
    /// withdrawn may be among them. A case of another version is counted as this one sees it.
    pub fn add<'a>(
        &mut self,
        machine: &Machine,
        key: CaseKey,
        seen: Seen<'_>,
        facts: &(impl Iterator<Item = &'a Fact> + Clone),
    ) {
        if machine.protocol.trends.is_empty() {
            return;
        }
        let (mut strings, mut case) = (Cow::Borrowed(seen.strings), Cow::Borrowed(seen.case));
        if !std::ptr::eq(seen.machine, machine) {
            let mut own = machine.strings();
            case = Cow::Owned(seen_by(machine, &mut own, seen));
            strings = Cow::Owned(own);
        }
        let theirs = |event: EventId| {
            let wanted = machine.protocol.events.get(event.index())?;
            let all = &seen.machine.protocol.events;
            all.iter().position(|it| it.name == wanted.name)
        };
        let happened = |trend: &Trend| match trend.after.and_then(theirs) {
            None => Vec::new(),
            Some(event) => happened(facts.clone(), |id| id.index() == event),
        };
        let looked = Looked { key, case: &case, happened: &happened, strings: &strings };
        let shared = &mut self.strings;
        let found = placed(machine, looked, &mut |it| shared.intern(strings.get(it)));
        for it in found {
            let alike = self.groups.entry(it.group).or_default();
            alike.values = it.values;
            alike.cases.insert(it.case);
        }
    }

    /// The signals that stand, by instant, then in file order.
    #[must_use]
    pub fn standing(&self, machine: &Machine) -> Vec<Standing> {
        let each = self.groups.iter().flat_map(|((id, _), alike)| {
            let cases: Vec<Counted> = alike.cases.iter().cloned().collect();
            clusters(machine, *id, &cases).into_iter().filter_map(|it| {
                let (from, last, most, values) = (it.from, it.last, it.most, alike.values.clone());
                it.signal.map(|signal| Standing { signal, from, last, most, values })
            })
        });
        let mut all: Vec<Standing> = each.collect();
        all.sort_by(|a, b| a.signal.order().cmp(&b.signal.order()));
        all
    }

    /// The strings of the values.
    #[must_use]
    pub const fn strings(&self) -> &Strings {
        &self.strings
    }
}
