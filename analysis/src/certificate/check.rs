//! Whether what is written down is a proof.

use std::collections::BTreeMap;

use engine::machine::Machine;
use engine::model::{DeadlineId, GuaranteeId, Promise};

use crate::Taken;
use crate::bases::{Bases, NoBases, Window};
use crate::certificate::gather::is_watched;
use crate::certificate::{Proof, Situation};
use crate::explore::{Spot, after, begin, days};
use crate::prove::left_out;
use crate::steps::{About, Step, Steps};
use crate::verdict::Because;
use crate::zone::Zone;

/// What was found to hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// The guarantee.
    pub guarantee: GuaranteeId,
    /// How many situations were looked at.
    pub n_situations: usize,
    /// How many steps from them.
    pub n_steps: usize,
    /// Whether nothing on any course ever asks anything of it.
    pub vacuous: bool,
    /// How many calendar days it takes at most, where it has a term.
    pub most_days: Option<u32>,
}

/// Why it is no proof. Situations are numbered from 0.
#[derive(Clone, Debug, PartialEq)]
pub enum Flaw {
    /// The protocol states no such guarantee.
    NoGuarantee,
    /// The protocol states one that is not proved in this way.
    AsksForWays,
    /// Nothing can be counted for cases that begin on these dates.
    Window(NoBases),
    /// The situation is not reached by the step that is said to lead there.
    NoWay(usize),
    /// The bounds of the situation are not those of a set of instants.
    NoInstants(usize),
    /// Cases begin where the certificate says nothing.
    Begin,
    /// A step leads from the situation to where the certificate says nothing.
    LeadsOut(usize, Taken),
    /// A step from the situation breaks the guarantee.
    Broken(usize, Taken),
    /// Something cannot be looked at exactly, so that nothing is proved by what is looked at.
    LeftOut(Vec<Because>),
}

/// Checks a proof: every case begins in one of its situations, no step leads out of them, and none
/// breaks the guarantee.
///
/// # Errors
/// It is none.
pub fn check(machine: &Machine, window: Window, proof: &Proof) -> Result<Checked, Flaw> {
    let all = &machine.protocol.guarantees;
    let place = all.iter().position(|it| it.id == proof.guarantee).ok_or(Flaw::NoGuarantee)?;
    let guarantee = &all[place];
    if !is_watched(&guarantee.promise) {
        return Err(Flaw::AsksForWays);
    }
    let id = GuaranteeId::at(place);
    let bases = Bases::of(machine, window).map_err(Flaw::Window)?;
    let mut steps = Steps::new(machine, &About::guarantee(machine, id));
    let seen = closed(&mut steps, &bases, &guarantee.assume, proof)?;
    let because = left_out(&steps, &bases);
    if !because.is_empty() {
        return Err(Flaw::LeftOut(because));
    }
    let has_term = matches!(guarantee.promise, Promise::Within { .. });
    let is_begun = matches!(guarantee.promise, Promise::Within { .. } | Promise::TooSoon { .. });
    Ok(Checked {
        guarantee: id,
        n_situations: proof.situations.len(),
        n_steps: seen.n_steps,
        vacuous: is_begun && !seen.touched,
        most_days: seen.most_days.filter(|_| has_term && seen.touched),
    })
}

/// Whether every case begins in one of the situations, no step leads out of them, and none is bad.
pub(super) fn closed(
    steps: &mut Steps<'_>,
    bases: &Bases<'_>,
    assume: &[DeadlineId],
    proof: &Proof,
) -> Result<Seen, Flaw> {
    let machine = steps.machine();
    let list = situations(steps, bases, &proof.situations)?;
    let mut held: BTreeMap<&Spot, Vec<&Zone>> = BTreeMap::new();
    for (spot, zones) in &list {
        held.entry(spot).or_default().extend(zones);
    }
    let holds = |(spot, zone): &(Spot, Zone)| {
        held.get(spot).is_some_and(|zones| zones.iter().any(|it| it.has_all_of(zone)))
    };
    if !holds(&begin(steps, bases)) {
        return Err(Flaw::Begin);
    }
    let is_assumed_away =
        |step: &Step| matches!(&step.taken, Taken::Clock(id) if assume.contains(id));
    let mut seen = Seen { n_steps: 0, touched: false, most_days: Some(0) };
    for (number, (spot, zones)) in list.iter().enumerate() {
        let next = steps.successors(&spot.key);
        for step in next.iter().filter(|it| !is_assumed_away(it)) {
            for zone in zones {
                let next = after(machine, bases, spot, zone, step);
                if next.is_empty() {
                    continue;
                }
                if step.promise.broken {
                    return Err(Flaw::Broken(number, step.taken.clone()));
                }
                if !next.iter().all(holds) {
                    return Err(Flaw::LeadsOut(number, step.taken.clone()));
                }
                seen.step(machine, bases, (spot, zone), step);
            }
        }
    }
    Ok(seen)
}

/// What the steps say of the guarantee besides.
pub(super) struct Seen {
    n_steps: usize,
    touched: bool,
    most_days: Option<u32>,
}

impl Seen {
    fn step(
        &mut self,
        machine: &Machine,
        bases: &Bases<'_>,
        (spot, zone): (&Spot, &Zone),
        step: &Step,
    ) {
        self.n_steps += 1;
        self.touched |= step.promise.promised || step.promise.kept;
        if let Some(lasted) = days(machine, bases, spot, zone, step) {
            self.most_days = self.most_days.zip(lasted.days()).map(|(a, b)| a.max(b));
        }
    }
}

/// The situations with what the file does not say of them: each is found by a step from one before.
fn situations(
    steps: &mut Steps<'_>,
    bases: &Bases<'_>,
    told: &[Situation],
) -> Result<Vec<(Spot, Vec<Zone>)>, Flaw> {
    let mut list: Vec<(Spot, Vec<Zone>)> = Vec::new();
    for (number, situation) in told.iter().enumerate() {
        let spot = match situation.way {
            None => begin(steps, bases).0,
            Some(way) => {
                let led = led(steps, bases, &list, way);
                led.ok_or(Flaw::NoWay(number))?
            }
        };
        let zone = |cells: &Vec<i32>| Zone::given(spot.slots.len(), bases.count(), cells);
        let zones: Option<Vec<Zone>> = situation.instants.iter().map(zone).collect();
        list.push((spot, zones.ok_or(Flaw::NoInstants(number))?));
    }
    Ok(list)
}

fn led(
    steps: &mut Steps<'_>,
    bases: &Bases<'_>,
    list: &[(Spot, Vec<Zone>)],
    way: crate::certificate::Way,
) -> Option<Spot> {
    let (spot, zones) = list.get(way.from)?;
    let zone = zones.get(way.instants)?;
    let next = steps.successors(&spot.key);
    let leads = after(steps.machine(), bases, spot, zone, next.get(way.step)?);
    leads.into_iter().nth(way.leads).map(|(spot, _)| spot)
}
