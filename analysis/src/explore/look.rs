//! All that can become of a case: first with the instants of each spot held together as one set,
//! which is fast and proves most; then each set by itself, with the ways that lead there.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;

use engine::machine::Machine;
use engine::model::{DeadlineId, FieldId, RuleId};
use engine::script::Value;

use crate::bases::{BaseId, Bases};
use crate::explore::memo::Memo;
use crate::explore::moving::at;
use crate::explore::order::order;
use crate::explore::spot::Spot;
use crate::steps::{Item, Step, Steps};
use crate::zone::Zone;
use crate::{Patience, Taken};

/// What is looked for.
pub struct Hunt<'h> {
    /// Whether a step is what must not be.
    pub is_bad: &'h dyn Fn(&Step) -> bool,
    /// The deadlines that are taken to be met in time.
    pub assume: &'h [DeadlineId],
    /// How many situations are looked at, at most.
    pub situations_max: usize,
    /// How many ways are told, at most.
    pub ways_max: usize,
    /// Whether there is time for more.
    pub patience: &'h Patience,
}

/// How often each situation is looked at, on average and at most: its instants may become more, a
/// minute each time.
const LOOKS_EACH: usize = 16;

/// How often the instants of a situation become more before they become all that may be: what goes
/// round would otherwise grow by a minute each time.
const GROWS_MAX: u32 = 64;

impl Hunt<'_> {
    /// How often a situation is looked at, at most, all of them together.
    pub(super) const fn looks_max(&self) -> usize {
        self.situations_max.saturating_mul(LOOKS_EACH)
    }

    /// Whether no more than so many situations, in so many looks, are looked at.
    pub(super) fn is_enough(&self, n_situations: usize, n_looks: usize) -> bool {
        n_situations > self.situations_max || n_looks > self.looks_max() || self.patience.is_over()
    }
}

/// What was found.
#[derive(Clone, Debug, Default)]
pub struct Looked {
    /// Nothing that is looked for can be.
    pub proved: bool,
    /// Whether any step did what is asked about: began a guarantee, counted, kept or broke it.
    pub touched: bool,
    /// Ways to what is looked for, shortest first. What is possible in a set of instants need not
    /// be possible on real dates.
    pub suspects: Vec<Vec<Taken>>,
    /// How many calendar days the guarantee takes at most on each of these ways, where they keep it.
    pub days: Vec<Option<u32>>,
    /// How many calendar days the guarantee takes at most until it is kept.
    pub most_days: Option<u32>,
    /// The conditions on the ways that were answered either way.
    pub opaque: BTreeSet<RuleId>,
    /// How many situations were looked at.
    pub situations: usize,
    /// Whether there are more.
    pub is_cut_off: bool,
    /// Whether lengths were told apart roughly.
    pub(crate) is_rough: bool,
    /// Where a case can be, with the instants: what a proof rests on. Empty where nothing is proved.
    pub(crate) held: Vec<(Spot, Zone)>,
}

/// The ways to what is looked for, shortest first, without asking first whether there are any.
#[must_use]
pub fn ways(steps: &mut Steps<'_>, bases: &Bases<'_>, hunt: &Hunt<'_>) -> Looked {
    if !steps.matters().has_terms() {
        return order(steps, hunt);
    }
    exact(steps, bases, hunt)
}

/// Looks at everything that can become of a case, with the instants of each spot together: what is
/// not proved so may still be true.
#[must_use]
pub fn together(steps: &mut Steps<'_>, bases: &Bases<'_>, hunt: &Hunt<'_>) -> Looked {
    if !steps.matters().has_terms() {
        return order(steps, hunt);
    }
    hull(steps, bases, hunt, Meanwhile::Anything)
}

/// The same, also where instants are not needed for a proof.
pub(crate) fn with_instants(steps: &mut Steps<'_>, bases: &Bases<'_>, hunt: &Hunt<'_>) -> Looked {
    hull(steps, bases, hunt, Meanwhile::Followed)
}

/// Looks at everything that can become of a case.
#[must_use]
pub fn look(steps: &mut Steps<'_>, bases: &Bases<'_>, hunt: &Hunt<'_>) -> Looked {
    if !steps.matters().has_terms() {
        return order(steps, hunt);
    }
    let hull = hull(steps, bases, hunt, Meanwhile::Followed);
    if hull.is_cut_off || hull.proved {
        return hull;
    }
    let exact = exact(steps, bases, hunt);
    Looked { situations: hull.situations + exact.situations, touched: hull.touched, ..exact }
}

/// Where every case begins.
pub(crate) fn begin(steps: &Steps<'_>, bases: &Bases<'_>) -> (Spot, Zone) {
    (Spot { key: steps.start(), slots: Vec::new().into() }, Zone::start(bases))
}

pub(super) fn is_assumed_away(hunt: &Hunt<'_>, step: &Step) -> bool {
    matches!(&step.taken, Taken::Clock(id) if hunt.assume.contains(id))
}

/// How long a guarantee has lasted when it is kept.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Lasted {
    AtMost(u32),
    Unknown,
}

impl Lasted {
    /// So many calendar days at most, if that is known.
    pub(crate) const fn days(self) -> Option<u32> {
        match self {
            Self::AtMost(days) => Some(days),
            Self::Unknown => None,
        }
    }
}

/// How long the guarantee takes until a step keeps it; nothing where it does not.
pub(crate) fn days(
    machine: &Machine,
    bases: &Bases<'_>,
    spot: &Spot,
    zone: &Zone,
    step: &Step,
) -> Option<Lasted> {
    let is_promise = |it: &crate::steps::Open| matches!(it.item, Item::Promise(_));
    if !step.promise.kept {
        return None;
    }
    let place = spot.key.open().iter().position(is_promise)?;
    let zone = at(machine, bases, spot, zone, step)?;
    let most = zone.most(place, BaseId::MIDNIGHTS);
    Some(most.and_then(|it| u32::try_from(it).ok()).map_or(Lasted::Unknown, Lasted::AtMost))
}

/// What is said of the instants while nothing that is asked about has begun.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Meanwhile {
    /// What follows from what was before.
    Followed,
    /// Nothing, but that what runs is not over.
    Anything,
}

/// Forgets how the instants lie to each other where no guarantee is open.
fn loosened(machine: &Machine, bases: &Bases<'_>, spot: &Spot, zone: Arc<Zone>) -> Arc<Zone> {
    let is_promise = |it: &crate::steps::Open| matches!(it.item, Item::Promise(_));
    if spot.key.open().iter().any(is_promise) {
        return zone;
    }
    let mut loose = Zone::clone(&zone);
    loose.forget_all();
    // Time passes in a set that has all that was there, so that there is always something left.
    if loose.elapse(bases, &spot.running(machine)) { Arc::new(loose) } else { zone }
}

/// The instants of a spot together.
struct Together {
    spot: Spot,
    zone: Arc<Zone>,
    /// Whether it is to be looked at.
    waits: bool,
    /// How often its instants have become more.
    n_grown: u32,
}

impl Together {
    /// Takes these in as well; says whether they are more.
    fn widen(&mut self, machine: &Machine, bases: &Bases<'_>, zone: &Zone) -> bool {
        if self.zone.has_all_of(zone) {
            return false;
        }
        self.n_grown += 1;
        let known = Arc::make_mut(&mut self.zone);
        match self.n_grown > GROWS_MAX {
            true => known.widen_far(bases, &self.spot.running(machine), zone),
            false => known.widen(zone),
        }
    }
}

/// The first pass: the instants of each spot together.
fn hull(steps: &mut Steps<'_>, bases: &Bases<'_>, hunt: &Hunt<'_>, meanwhile: Meanwhile) -> Looked {
    let machine = steps.machine();
    let (spot, zone) = begin(steps, bases);
    let mut places: BTreeMap<Spot, usize> = BTreeMap::from([(spot.clone(), 0)]);
    let mut all = vec![Together { spot, zone: Arc::new(zone), waits: true, n_grown: 0 }];
    let mut queue = VecDeque::from([0]);
    let mut memo = Memo::default();
    let mut looked = Looked { proved: true, most_days: Some(0), ..Looked::default() };
    let mut n_looks = 0;
    while let Some(at) = queue.pop_front() {
        all[at].waits = false;
        n_looks += 1;
        let (spot, zone) = (all[at].spot.clone(), Arc::clone(&all[at].zone));
        for step in steps.successors(&spot.key).iter() {
            if is_assumed_away(hunt, step) {
                continue;
            }
            let next = memo.after(machine, bases, &spot, &zone, step);
            if next.is_empty() {
                continue;
            }
            looked.touched |= step.promise.promised || step.promise.kept || step.promise.broken;
            looked.opaque.extend(step.opaque.iter().copied());
            if (hunt.is_bad)(step) {
                looked.proved = false;
            }
            if let Some(days) = days(machine, bases, &spot, &zone, step) {
                looked.most_days = looked.most_days.zip(days.days()).map(|(a, b)| a.max(b));
            }
            for (spot, zone) in next {
                let known = places.get(&spot).copied();
                let zone = match meanwhile {
                    Meanwhile::Followed => zone,
                    Meanwhile::Anything
                        if known.is_some_and(|it| all[it].zone.has_all_of(&zone)) =>
                    {
                        continue;
                    }
                    Meanwhile::Anything => loosened(machine, bases, &spot, zone),
                };
                let place = known.unwrap_or(all.len());
                let grew = match known {
                    Some(place) => all[place].widen(machine, bases, &zone),
                    None => {
                        places.insert(spot.clone(), place);
                        all.push(Together { spot, zone, waits: false, n_grown: 0 });
                        true
                    }
                };
                if grew && !all[place].waits {
                    all[place].waits = true;
                    queue.push_back(place);
                }
            }
        }
        if hunt.is_enough(all.len(), n_looks) {
            looked.is_cut_off = true;
            looked.proved = false;
            break;
        }
    }
    looked.situations = all.len();
    if looked.proved {
        drop(memo);
        looked.held = all.into_iter().map(|it| (it.spot, Arc::unwrap_or_clone(it.zone))).collect();
    }
    looked
}

/// A situation, and how it was reached.
struct Node {
    spot: Spot,
    zone: Arc<Zone>,
    /// Another node, and which of the steps from there.
    from: Option<(usize, usize)>,
}

/// The second pass: every set of instants by itself, in order of the events and steps that lead
/// there.
fn exact(steps: &mut Steps<'_>, bases: &Bases<'_>, hunt: &Hunt<'_>) -> Looked {
    let machine = steps.machine();
    let (spot, zone) = begin(steps, bases);
    let mut nodes = vec![Node { spot: spot.clone(), zone: Arc::new(zone), from: None }];
    let mut known: BTreeMap<Spot, Vec<usize>> = BTreeMap::from([(spot, vec![0])]);
    let mut queue: BTreeSet<((usize, usize), usize)> = BTreeSet::from([((0, 0), 0)]);
    let mut memo = Memo::default();
    let mut looked = Looked { proved: true, most_days: Some(0), ..Looked::default() };
    while let Some((depth, at)) = queue.pop_first() {
        let (spot, zone) = (nodes[at].spot.clone(), Arc::clone(&nodes[at].zone));
        for (place, step) in steps.successors(&spot.key).iter().enumerate() {
            if is_assumed_away(hunt, step) {
                continue;
            }
            let next = memo.after(machine, bases, &spot, &zone, step);
            if next.is_empty() {
                continue;
            }
            let days = days(machine, bases, &spot, &zone, step);
            if let Some(days) = days {
                looked.most_days = looked.most_days.zip(days.days()).map(|(a, b)| a.max(b));
            }
            if (hunt.is_bad)(step) {
                looked.proved = false;
                let way = way(steps, &nodes, at, step);
                looked.opaque.extend(way.iter().flat_map(|it| it.opaque.iter().copied()));
                let way = told(&way);
                if !looked.suspects.contains(&way) {
                    looked.suspects.push(way);
                    looked.days.push(days.and_then(Lasted::days));
                }
                if looked.suspects.len() >= hunt.ways_max {
                    looked.situations = nodes.len();
                    return looked;
                }
                continue;
            }
            let is_event = usize::from(step.acts.is_none());
            for (spot, zone) in next {
                let list = known.entry(spot.clone()).or_default();
                if list.iter().any(|it| nodes[*it].zone.has_all_of(&zone)) {
                    continue;
                }
                list.retain(|it| !zone.has_all_of(&nodes[*it].zone));
                let depth = (depth.0 + is_event, depth.1 + 1);
                list.push(nodes.len());
                queue.insert((depth, nodes.len()));
                nodes.push(Node { spot, zone, from: Some((at, place)) });
            }
        }
        if hunt.is_enough(nodes.len(), 0) {
            looked.is_cut_off = true;
            looked.proved = false;
            break;
        }
    }
    looked.situations = nodes.len();
    if looked.proved {
        // What lies within another set of instants needs no place of its own.
        let left = known
            .into_iter()
            .flat_map(|(spot, list)| list.into_iter().map(move |it| (spot.clone(), it)));
        looked.held = left.map(|(spot, it)| (spot, Zone::clone(&nodes[it].zone))).collect();
    }
    looked
}

fn way(steps: &mut Steps<'_>, nodes: &[Node], at: usize, last: &Step) -> Vec<Step> {
    let mut way = vec![last.clone()];
    let mut at = at;
    while let Some((from, place)) = nodes.get(at).and_then(|it| it.from) {
        let taken = steps.successors(&nodes[from].spot.key);
        way.extend(taken.get(place).cloned());
        at = from;
    }
    way.reverse();
    way
}

/// The steps of a way, with what was found out later of what earlier events bring.
pub(super) fn told(way: &[Step]) -> Vec<Taken> {
    let mut told: Vec<Taken> = way.iter().map(|it| it.taken.clone()).collect();
    for (at, step) in way.iter().enumerate() {
        for (field, value) in &step.learned {
            let earlier = way.get(..at).unwrap_or_default();
            let brought = earlier.iter().rposition(|it| it.left_open.contains(field));
            if let Some(Taken::Event(event)) = brought.and_then(|it| told.get_mut(it)) {
                set(&mut event.data, *field, *value);
            }
        }
    }
    told
}

fn set(data: &mut Vec<(FieldId, Value)>, field: FieldId, value: Value) {
    data.retain(|it| it.0 != field);
    if value != Value::Unset {
        data.push((field, value));
        data.sort_by_key(|it| it.0);
    }
}
