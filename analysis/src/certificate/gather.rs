//! From a proof to what it rests on.

use std::collections::BTreeMap;

use engine::machine::Machine;
use engine::model::{GuaranteeId, Promise};

use crate::bases::{Bases, Window};
use crate::certificate::{Proof, Situation, Way};
use crate::explore::{Hunt, Spot, after, begin, look};
use crate::steps::{About, Step, Steps};
use crate::zone::Zone;
use crate::{Asked, Taken};

/// Why a guarantee has no certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Uncertified {
    /// It asks from where something can still come about. That is looked for among the places
    /// where a case can be, without instants.
    AsksForWays,
    /// It is not proved with the sets of instants.
    NotProved,
}

/// Whether a proof of it can be written down.
#[must_use]
pub fn is_certifiable(machine: &Machine, asked: Asked) -> bool {
    let Asked::Own(id) = asked else { return false };
    let guarantee = machine.protocol.guarantees.get(id.index());
    guarantee.is_some_and(|it| is_watched(&it.promise))
}

/// Whether cases are watched for it while they run.
pub(super) const fn is_watched(promise: &Promise) -> bool {
    !matches!(promise, Promise::Possible { .. } | Promise::Reachable { .. })
}

/// What the proof of a guarantee rests on. It is looked for again, among at most so many
/// situations.
///
/// # Errors
/// There is nothing that could be written down.
pub fn certified(
    machine: &Machine,
    window: Window,
    id: GuaranteeId,
    situations_max: usize,
) -> Result<Proof, Uncertified> {
    if !is_certifiable(machine, Asked::Own(id)) {
        return Err(Uncertified::AsksForWays);
    }
    let bases = Bases::of(machine, window).map_err(|_| Uncertified::NotProved)?;
    let mut steps = Steps::new(machine, &About::guarantee(machine, id));
    let guarantee = &machine.protocol.guarantees[id.index()];
    let hunt = Hunt {
        is_bad: &|step: &Step| step.promise.broken,
        assume: &guarantee.assume,
        situations_max,
        ways_max: 1,
    };
    let looked = look(&mut steps, &bases, &hunt);
    if !looked.proved {
        return Err(Uncertified::NotProved);
    }
    let situations = arranged(&mut steps, &bases, hunt.assume, looked.held);
    Ok(Proof { guarantee: guarantee.id.clone(), situations })
}

/// The situations in an order in which each can be found from one before it.
pub(super) fn arranged(
    steps: &mut Steps<'_>,
    bases: &Bases<'_>,
    assume: &[engine::model::DeadlineId],
    held: Vec<(Spot, Zone)>,
) -> Vec<Situation> {
    let machine = steps.machine();
    let mut places: BTreeMap<Spot, Vec<Zone>> = BTreeMap::new();
    for (spot, zone) in held {
        places.entry(spot).or_default().push(zone);
    }
    let mut found: Vec<Situation> = Vec::new();
    let mut order: Vec<(Spot, Vec<Zone>)> = Vec::new();
    let mut take = |spot: Spot, way: Option<Way>, order: &mut Vec<(Spot, Vec<Zone>)>| {
        let Some(zones) = places.remove(&spot) else { return };
        let instants = zones.iter().map(|it| it.cells().collect()).collect();
        found.push(Situation { way, instants });
        order.push((spot, zones));
    };
    take(begin(steps, bases).0, None, &mut order);
    let mut from = 0;
    while let Some((spot, zones)) = order.get(from).cloned() {
        let next = steps.successors(&spot.key);
        for (instants, zone) in zones.iter().enumerate() {
            for (step, it) in next.iter().enumerate() {
                if matches!(&it.taken, Taken::Clock(id) if assume.contains(id)) {
                    continue;
                }
                let leads = after(machine, bases, &spot, zone, it);
                for (leads, (spot, _)) in leads.into_iter().enumerate() {
                    take(spot, Some(Way { from, instants, step, leads }), &mut order);
                }
            }
        }
        from += 1;
    }
    found
}
