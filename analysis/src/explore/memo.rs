//! What steps make of the instants, remembered: many keys count the same things from the same
//! instants, and what becomes of these does not depend on anything else.

use std::collections::HashMap;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use engine::machine::Machine;
use engine::model::StageId;

use crate::bases::Bases;
use crate::explore::moving::after;
use crate::explore::spot::{Slot, Spot};
use crate::steps::{Counted, Item, Key, Origin, Step};
use crate::zone::Zone;

/// All that what becomes of instants depends on. Of the keys that is what they count.
#[derive(Clone, Debug)]
struct Asked {
    /// Where it is, where that says which timed transition acts first.
    stage: Option<StageId>,
    before: Key,
    slots: Arc<[Slot]>,
    acts: Option<usize>,
    origins: Vec<Origin>,
    past: Vec<(usize, Counted)>,
    then: Key,
    zone: Arc<Zone>,
}

impl PartialEq for Asked {
    fn eq(&self, other: &Self) -> bool {
        self.stage == other.stage
            && self.acts == other.acts
            && self.origins == other.origins
            && self.past == other.past
            && (Arc::ptr_eq(&self.zone, &other.zone) || self.zone == other.zone)
            && (Arc::ptr_eq(&self.slots, &other.slots) || self.slots == other.slots)
            && self.before.open() == other.before.open()
            && self.then.open() == other.then.open()
    }
}

impl Eq for Asked {}

impl Hash for Asked {
    /// What is left out mostly follows from the rest.
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.zone.hash(state);
        self.acts.hash(state);
        self.origins.hash(state);
        self.then.open().hash(state);
    }
}

/// What is counted afterwards, and since when, in each way.
type Found = Arc<[(Arc<[Slot]>, Arc<Zone>)]>;

/// What was asked before.
#[derive(Debug, Default)]
pub(super) struct Memo {
    known: HashMap<Asked, Found>,
}

/// More answers than are remembered.
const KNOWN_MAX: usize = 20_000;

impl Memo {
    /// Where the case can be after a step, with the instants; nothing where the step is not
    /// possible at any of them.
    pub(super) fn after(
        &mut self,
        machine: &Machine,
        bases: &Bases<'_>,
        spot: &Spot,
        zone: &Arc<Zone>,
        step: &Step,
    ) -> Vec<(Spot, Arc<Zone>)> {
        let has_timer = spot.key.open().iter().any(|it| matches!(it.item, Item::Timer(_)));
        let asked = Asked {
            stage: has_timer.then(|| spot.key.case().stage),
            before: spot.key.clone(),
            slots: Arc::clone(&spot.slots),
            acts: step.acts,
            origins: step.origins.clone(),
            past: step.past.clone(),
            then: step.next.clone(),
            zone: Arc::clone(zone),
        };
        let here = |found: &Found| {
            let each = found.iter().map(|(slots, zone)| {
                let slots = Arc::clone(slots);
                (Spot { key: step.next.clone(), slots }, Arc::clone(zone))
            });
            each.collect()
        };
        if let Some(known) = self.known.get(&asked) {
            return here(known);
        }
        let found: Found = after(machine, bases, spot, zone, step)
            .into_iter()
            .map(|(spot, zone)| (spot.slots, Arc::new(zone)))
            .collect();
        let next = here(&found);
        if self.known.len() < KNOWN_MAX {
            self.known.insert(asked, found);
        }
        next
    }
}
