//! What a step makes of the instants.

use engine::machine::Machine;
use engine::model::DeadlineId;

use crate::Taken;
use crate::bases::{BaseSet, Bases, Counting, Length, When};
use crate::explore::arranged::arranged;
use crate::explore::spot::{Slot, Spot, counting, is_at_once, limits, running};
use crate::steps::{Item, Origin, Standing, Step};
use crate::zone::{Hold, Running, Zone};

/// A zone and what is counted in it, on the way from one spot to the next.
#[derive(Clone)]
pub(super) struct Way {
    pub(super) zone: Zone,
    pub(super) slots: Vec<Slot>,
}

/// Where the case can be after a step, with the instants; nothing where the step is not possible
/// at any of them.
pub(crate) fn after(
    machine: &Machine,
    bases: &Bases<'_>,
    spot: &Spot,
    zone: &Zone,
    step: &Step,
) -> Vec<(Spot, Zone)> {
    let Some(zone) = at(machine, bases, spot, zone, step) else { return Vec::new() };
    let mut ways = vec![Way { zone, slots: spot.slots.to_vec() }];
    ways = with_walls(machine, bases, spot, step, ways);
    ways = over(machine, bases, spot, step, ways);
    for (place, origin) in step.origins.iter().enumerate() {
        if let Origin::Kept(from) = origin {
            ways = ways
                .into_iter()
                .flat_map(|way| kept(machine, bases, spot, step, (*from, place), way))
                .collect();
        }
    }
    let when = when(spot, step);
    ways.into_iter().flat_map(|way| arranged(machine, bases, spot, step, when, way)).collect()
}

/// The instants at which the step can be: any for an event, the end of what time acts on.
pub(super) fn at(
    machine: &Machine,
    bases: &Bases<'_>,
    spot: &Spot,
    zone: &Zone,
    step: &Step,
) -> Option<Zone> {
    let Some(place) = step.acts else { return Some(zone.clone()) };
    if waits_for_another(machine, spot, place) {
        return None;
    }
    match spot.key.open()[place].standing {
        // How long it has stood still is known by its wall alone.
        Standing::Stands(_) => Some(zone.clone()),
        Standing::Runs => {
            let told = spot.running(machine);
            let zone = zone.at_end(bases, place, &told)?;
            // Guarantees act last, and whether one is broken is what is asked.
            let is_last = matches!(step.taken, Taken::Promise(_));
            let is_possible = !is_last || zone.others_are_due_later(bases, place, &told);
            is_possible.then_some(zone)
        }
    }
}

/// Whether something is due at this very instant that acts first: time goes on only after it.
fn waits_for_another(machine: &Machine, spot: &Spot, place: usize) -> bool {
    let told = spot.running(machine);
    let others = spot.key.open().iter().zip(&told).enumerate();
    others
        .filter(|(at, (open, _))| *at != place && is_at_once(open))
        .any(|(_, (_, other))| other.hold == Hold::Runs && other.rank < told[place].rank)
}

/// How the instant of the step came about.
fn when(spot: &Spot, step: &Step) -> When {
    let Some(place) = step.acts else { return When::Reported };
    match spot.key.open()[place].standing {
        Standing::Stands(_) => When::Acted(BaseSet::NONE),
        Standing::Runs => spot.slots[place].length.then(),
    }
}

/// A wall begins beside a clock that stands still for the first time, from when that began.
fn with_walls(
    machine: &Machine,
    bases: &Bases<'_>,
    spot: &Spot,
    step: &Step,
    ways: Vec<Way>,
) -> Vec<Way> {
    let mut ways = ways;
    for (place, from) in kept_places(step) {
        let (before, next) = (&spot.key.open()[from], &step.next.open()[place]);
        let stops = before.standing == Standing::Runs && next.standing != Standing::Runs;
        let Item::Clock(id) = before.item else { continue };
        let has_wall = spot.walls().any(|(_, it)| it.wall.is_some_and(|it| it.0 == before.item));
        if !stops || has_wall {
            continue;
        }
        let slot = &spot.slots[from];
        let Some(at_most) = behind(machine, bases, id, &slot.counting) else { continue };
        for way in &mut ways {
            let at = way.slots.len();
            way.zone.begin_with(at, from);
            way.slots.push(Slot { wall: Some((before.item, at_most)), ..slot.clone() });
        }
    }
    ways
}

fn behind(
    machine: &Machine,
    bases: &Bases<'_>,
    deadline: DeadlineId,
    counting: &Counting,
) -> Option<i32> {
    bases.behind(counting, &limits(machine, deadline)?)
}

fn kept_places(step: &Step) -> impl Iterator<Item = (usize, usize)> {
    step.origins.iter().enumerate().filter_map(|(place, origin)| match origin {
        Origin::Kept(from) => Some((place, *from)),
        _ => None,
    })
}

/// What must be over by now, had it been counted so.
fn over(
    machine: &Machine,
    bases: &Bases<'_>,
    spot: &Spot,
    step: &Step,
    ways: Vec<Way>,
) -> Vec<Way> {
    let mut ways = ways;
    for (from, counted) in &step.past {
        let mut open = spot.key.open()[*from].clone();
        open.counted = counted.clone();
        let now = counting(&open);
        ways = ways
            .into_iter()
            .flat_map(|way| {
                let lengths = counted_again(bases, &way.slots[*from], &now);
                lengths.into_iter().filter_map(move |length| {
                    let mut told = told(machine, spot, &way);
                    told[*from].length = length;
                    let zone = way.zone.over(bases, *from, &told)?;
                    Some(Way { zone, slots: way.slots.clone() })
                })
            })
            .collect();
    }
    ways
}

/// What the zone needs to know before the step, with the lengths of the way.
fn told(machine: &Machine, spot: &Spot, way: &Way) -> Vec<Running> {
    running(machine, &spot.key, &way.slots)
}

/// The lengths of something that is counted otherwise from now on.
fn counted_again(bases: &Bases<'_>, slot: &Slot, now: &Counting) -> Vec<Length> {
    let when = slot.length.when();
    let found = match slot.counting {
        Counting::Free => {
            let found = bases.begin(std::slice::from_ref(now), when);
            let found = found.iter().filter_map(|it| it.first().copied());
            let stood = slot.length.has_stood();
            return found.map(|it| if stood { bases.stood(now, &it, true) } else { it }).collect();
        }
        _ => bases.again((&slot.counting, &slot.length), now),
    };
    found.iter().filter_map(|it| it.first().copied()).collect()
}

/// What goes on being counted: otherwise, or standing still, or again.
fn kept(
    machine: &Machine,
    bases: &Bases<'_>,
    spot: &Spot,
    step: &Step,
    (from, place): (usize, usize),
    way: Way,
) -> Vec<Way> {
    let (before, next) = (&spot.key.open()[from], &step.next.open()[place]);
    let mut ways = vec![way];
    if before.standing != Standing::Runs && before.standing != next.standing {
        for way in &mut ways {
            let slot = way.slots[from].clone();
            way.zone.resume(bases, from, &slot.counting, &slot.length);
        }
    }
    let now = counting(next);
    if now != ways[0].slots[from].counting {
        ways = ways
            .into_iter()
            .flat_map(|way| changed(machine, bases, spot, from, &now, next.standing, &way))
            .collect();
    }
    let pauses = next.standing != Standing::Runs && before.standing != next.standing;
    if !pauses {
        return ways;
    }
    ways.into_iter().flat_map(|way| stopped(bases, from, &way)).collect()
}

fn changed(
    machine: &Machine,
    bases: &Bases<'_>,
    spot: &Spot,
    from: usize,
    now: &Counting,
    standing: Standing,
    way: &Way,
) -> Vec<Way> {
    let lengths = counted_again(bases, &way.slots[from], now);
    let each = lengths.into_iter().filter_map(|length| {
        let mut slots = way.slots.clone();
        slots[from].counting = now.clone();
        slots[from].length = length;
        let way = Way { zone: way.zone.clone(), slots };
        if standing != Standing::Runs {
            return Some(way);
        }
        let told = told(machine, spot, &way);
        let zone = way.zone.not_over(bases, from, &told)?;
        Some(Way { zone, ..way })
    });
    each.collect()
}

/// A clock stands still from now on.
pub(super) fn stopped(bases: &Bases<'_>, at: usize, way: &Way) -> Vec<Way> {
    let Slot { counting, length, .. } = &way.slots[at];
    let each = way.zone.pause(bases, at, counting, length).into_iter().map(|(zone, length)| {
        let mut slots = way.slots.clone();
        slots[at].length = length;
        Way { zone, slots }
    });
    each.collect()
}
