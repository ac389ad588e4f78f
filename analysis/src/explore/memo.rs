//! What steps make of the instants, remembered: many keys count the same things from the same
//! instants, and what becomes of these does not depend on anything else.

use std::collections::BTreeMap;
use std::sync::Arc;

use engine::machine::Machine;
use engine::model::StageId;

use crate::bases::Bases;
use crate::explore::moving::after;
use crate::explore::spot::{Slot, Spot};
use crate::steps::{Counted, Item, Open, Origin, Step};
use crate::zone::Zone;

/// All that what becomes of instants depends on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Asked {
    /// Where it is, where that says which timed transition acts first.
    stage: Option<StageId>,
    open: Vec<Open>,
    slots: Arc<[Slot]>,
    acts: Option<usize>,
    origins: Vec<Origin>,
    past: Vec<(usize, Counted)>,
    then: Vec<Open>,
    zone: Zone,
}

/// What is counted afterwards, and since when, in each way.
type Found = Arc<[(Arc<[Slot]>, Zone)]>;

/// What was asked before.
#[derive(Debug, Default)]
pub(super) struct Memo {
    known: BTreeMap<Asked, Found>,
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
        zone: &Zone,
        step: &Step,
    ) -> Vec<(Spot, Zone)> {
        let has_timer = spot.key.open().iter().any(|it| matches!(it.item, Item::Timer(_)));
        let asked = Asked {
            stage: has_timer.then(|| spot.key.case().stage),
            open: spot.key.open().to_vec(),
            slots: Arc::clone(&spot.slots),
            acts: step.acts,
            origins: step.origins.clone(),
            past: step.past.clone(),
            then: step.next.open().to_vec(),
            zone: zone.clone(),
        };
        let here = |found: &[(Arc<[Slot]>, Zone)]| {
            let each = found.iter().map(|(slots, zone)| {
                let slots = Arc::clone(slots);
                (Spot { key: step.next.clone(), slots }, zone.clone())
            });
            each.collect()
        };
        if let Some(known) = self.known.get(&asked) {
            return here(known);
        }
        let found: Found = after(machine, bases, spot, zone, step)
            .into_iter()
            .map(|(spot, zone)| (spot.slots, zone))
            .collect();
        let next = here(&found);
        if self.known.len() < KNOWN_MAX {
            self.known.insert(asked, found);
        }
        next
    }
}
