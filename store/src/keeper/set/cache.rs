//! The working sets that are held in memory: those used last.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use crate::keeper::figures::Counters;
use crate::keeper::set::{SetKey, WorkingSet};

/// Working sets, at most so many decisions.
#[derive(Debug)]
pub(crate) struct Cache {
    sets: BTreeMap<SetKey, (u64, usize, WorkingSet)>,
    by_use: BTreeMap<u64, SetKey>,
    uses: u64,
    weight: usize,
    max: usize,
    counters: Arc<Counters>,
}

impl Cache {
    pub(crate) fn new(max: usize, counters: Arc<Counters>) -> Self {
        let (sets, by_use) = <_>::default();
        Self { sets, by_use, uses: 0, weight: 0, max, counters }
    }

    /// Takes a set out. Whoever does puts it back, or it is loaded anew.
    pub(crate) fn take(&mut self, key: &SetKey) -> Option<WorkingSet> {
        let (used, weight, set) = self.sets.remove(key)?;
        self.by_use.remove(&used);
        self.lighter(weight);
        Some(set)
    }

    /// Puts a set in, and those out that were used longest ago.
    pub(crate) fn put(&mut self, set: WorkingSet) {
        let weight = set.weight();
        if weight > self.max {
            return;
        }
        while self.weight.saturating_add(weight) > self.max {
            let Some((_, key)) = self.by_use.pop_first() else { break };
            if let Some((_, weight, _)) = self.sets.remove(&key) {
                self.lighter(weight);
            }
        }
        self.uses = self.uses.saturating_add(1);
        self.weight = self.weight.saturating_add(weight);
        self.counters.held.fetch_add(signed(weight), Ordering::Relaxed);
        self.by_use.insert(self.uses, set.key.clone());
        self.sets.insert(set.key.clone(), (self.uses, weight, set));
    }

    /// Forgets all.
    pub(crate) fn clear(&mut self) {
        self.lighter(self.weight);
        self.sets.clear();
        self.by_use.clear();
    }

    fn lighter(&mut self, weight: usize) {
        self.weight = self.weight.saturating_sub(weight);
        self.counters.held.fetch_sub(signed(weight), Ordering::Relaxed);
    }
}

fn signed(weight: usize) -> i64 {
    i64::try_from(weight).unwrap_or(i64::MAX)
}
