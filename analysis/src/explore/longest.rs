//! How long a guarantee takes at most until it is kept, were it never broken.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::Taken;
use crate::bases::{BaseId, Bases};
use crate::explore::Hunt;
use crate::explore::look::{begin, days, is_assumed_away};
use crate::explore::moving::after;
use crate::explore::spot::Spot;
use crate::steps::{Item, Open, Steps};
use crate::zone::Zone;

/// The most calendar days until the guarantee is kept, as [`Looked::most_days`](crate::explore::Looked::most_days); `None` also where
/// nothing ends it, or where there is more to look at. The bases are those in which guarantees
/// have no end.
#[must_use]
pub fn longest(steps: &mut Steps<'_>, bases: &Bases<'_>, hunt: &Hunt<'_>) -> Option<u32> {
    let machine = steps.machine();
    let (spot, zone) = begin(steps, bases);
    let mut zones: BTreeMap<Spot, Zone> = BTreeMap::from([(spot.clone(), zone)]);
    let mut waiting: BTreeSet<Spot> = BTreeSet::from([spot.clone()]);
    let mut queue = VecDeque::from([spot]);
    let mut most_days = 0;
    let mut n_looks = 0;
    while let Some(spot) = queue.pop_front() {
        waiting.remove(&spot);
        n_looks += 1;
        let Some(zone) = zones.get(&spot).cloned() else { continue };
        for step in steps.successors(&spot.key).iter() {
            if is_assumed_away(hunt, step) || matches!(step.taken, Taken::Promise(_)) {
                continue;
            }
            let next = after(machine, bases, &spot, &zone, step);
            if next.is_empty() {
                continue;
            }
            if let Some(lasted) = days(machine, bases, &spot, &zone, step) {
                most_days = most_days.max(lasted.days()?);
            }
            for (spot, zone) in next {
                let grew = match zones.get_mut(&spot) {
                    Some(known) => known.widen(&zone),
                    None => {
                        zones.insert(spot.clone(), zone);
                        true
                    }
                };
                if !grew {
                    continue;
                }
                let open = |it: &Open| matches!(it.item, Item::Promise(_));
                if let Some(place) = spot.key.open().iter().position(open) {
                    zones.get(&spot)?.most(place, BaseId::MIDNIGHTS)?;
                }
                if waiting.insert(spot.clone()) {
                    queue.push_back(spot);
                }
            }
        }
        if hunt.is_enough(zones.len(), n_looks) {
            return None;
        }
    }
    Some(most_days)
}
