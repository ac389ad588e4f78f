//! From a proof to what it rests on.

use std::collections::BTreeMap;

use engine::machine::Machine;
use engine::model::{GuaranteeId, Promise};

use crate::bases::{Bases, NoBases, Window};
use crate::certificate::{Proof, Situation, Way};
use crate::explore::{Looked, Spot, after, begin, with_instants};
use crate::prove::{Seen, climb, grains};
use crate::steps::{Grain, Steps};
use crate::zone::Zone;
use crate::{Asked, Options, Taken};

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

/// What the proof of a guarantee rests on. It is looked for again, in the same way.
///
/// # Errors
/// There is nothing that could be written down.
pub fn certified(
    machine: &Machine,
    options: &Options,
    id: GuaranteeId,
) -> Result<Proof, Uncertified> {
    if !is_certifiable(machine, Asked::Own(id)) {
        return Err(Uncertified::AsksForWays);
    }
    let guarantee = &machine.protocol.guarantees[id.index()];
    let grains: Vec<Grain> = told(&guarantee.promise).collect();
    let found = climb(machine, id, options, (&grains, 1), &mut |seen| {
        let Seen { steps, bases, hunt, grain, mut looked, .. } = seen;
        if looked.proved && looked.held.is_empty() {
            // The order of things alone has proved it, and of that nothing is written down.
            let again = with_instants(steps, &bases.roughly(), hunt);
            looked = Looked { is_rough: true, ..again };
        }
        looked.proved.then(|| {
            let Looked { is_rough, held, .. } = looked;
            let rough = is_rough.then(|| bases.roughly());
            let bases = rough.as_ref().unwrap_or(bases);
            let situations = arranged(steps, bases, hunt.assume, held);
            Proof { guarantee: guarantee.id.clone(), grain, is_rough, situations }
        })
    });
    found.ok().flatten().ok_or(Uncertified::NotProved)
}

/// How closely may be looked for a proof that is written down: without terms there are no sets of
/// instants that could be.
pub(super) fn told(promise: &Promise) -> impl Iterator<Item = Grain> {
    grains(promise).iter().copied().filter(|it| it.has_terms())
}

/// The bases in which a proof counts.
pub(super) fn bases_of<'m>(
    steps: &Steps<'m>,
    window: Window,
    is_rough: bool,
) -> Result<Bases<'m>, NoBases> {
    let bases = Bases::counting(steps.machine(), window, &steps.countings())?;
    Ok(if is_rough { bases.roughly() } else { bases })
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
