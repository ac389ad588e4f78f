//! What is counted after a step: what has ended is gone, what begins is there, and time passes.

use std::collections::BTreeMap;

use engine::machine::Machine;

use crate::bases::{Bases, Counting, Length, When};
use crate::explore::moving::{Way, stopped};
use crate::explore::spot::{Slot, Spot, counting, is_at_once, is_untimed, running};
use crate::steps::{Item, Origin, Standing, Step};
use crate::zone::{Hold, Zone};

/// The next spots: what has ended goes, what begins is added, and time passes.
pub(super) fn arranged(
    machine: &Machine,
    bases: &Bases<'_>,
    spot: &Spot,
    step: &Step,
    when: When,
    way: Way,
) -> Vec<(Spot, Zone)> {
    let n = way.slots.len();
    let mut zone = way.zone;
    let mut slots: Vec<Slot> = Vec::new();
    let mut fresh: Vec<usize> = Vec::new();
    let mut late: Vec<usize> = Vec::new();
    for (place, (origin, open)) in step.origins.iter().zip(step.next.open()).enumerate() {
        let at = n + place;
        let free = |when| Slot { counting: Counting::Free, length: Length::free(when), wall: None };
        match origin {
            Origin::Kept(from) => {
                zone.begin_with(at, *from);
                slots.push(way.slots[*from].clone());
            }
            Origin::Of(from) => {
                zone.begin_with(at, *from);
                let when = way.slots[*from].length.when();
                slots.push(Slot { counting: counting(open), ..free(when) });
                late.push(place);
            }
            Origin::Now | Origin::Any if is_untimed(open) => {
                zone.begin(at);
                slots.push(free(When::Reported));
            }
            Origin::Now if is_at_once(open) => {
                zone.begin(at);
                slots.push(Slot { length: Length::at_once(when), ..free(when) });
            }
            Origin::Now => {
                zone.begin(at);
                slots.push(Slot { counting: counting(open), ..free(when) });
                fresh.push(place);
            }
            Origin::Any => {
                zone.begin(at);
                slots.push(free(when));
            }
        }
    }
    for (from, slot) in way.slots.iter().enumerate().skip(spot.key.open().len()) {
        let goes_on = slot.wall.is_some_and(|(item, _)| {
            let place = step.next.place(item);
            place.is_some_and(|it| matches!(step.origins[it], Origin::Kept(_)))
        });
        if goes_on {
            zone.begin_with(n + slots.len(), from);
            slots.push(slot.clone());
        }
    }
    (0..n).for_each(|_| zone.end(0));
    let mut ways = begun(bases, &Way { zone, slots }, &fresh, &together(step, &late), when);
    for place in fresh.iter().chain(&late).copied() {
        if step.next.open()[place].standing != Standing::Runs {
            ways = ways.into_iter().flat_map(|way| stopped(bases, place, &way)).collect();
        }
    }
    let ways = ways.into_iter().flat_map(|way| not_over(machine, bases, step, &late, when, way));
    ways.filter_map(|way| passed(machine, bases, step, way)).collect()
}

/// What counts from when something else began, by what that is.
fn together(step: &Step, late: &[usize]) -> Vec<Vec<usize>> {
    let mut groups: BTreeMap<Origin, Vec<usize>> = BTreeMap::new();
    for place in late {
        groups.entry(step.origins[*place]).or_default().push(*place);
    }
    groups.into_values().collect()
}

/// The lengths of what begins, each possibility once.
fn begun(
    bases: &Bases<'_>,
    way: &Way,
    fresh: &[usize],
    late: &[Vec<usize>],
    when: When,
) -> Vec<Way> {
    let together: Vec<Counting> =
        fresh.iter().map(|place| way.slots[*place].counting.clone()).collect();
    let classes = bases.begin(&together, when);
    let mut ways: Vec<Way> = Vec::new();
    for lengths in classes.iter() {
        let mut way = way.clone();
        for (place, length) in fresh.iter().zip(lengths) {
            way.slots[*place].length = *length;
        }
        ways.push(way);
    }
    for places in late {
        ways = ways
            .into_iter()
            .flat_map(|way| {
                let slots = places.iter().map(|it| &way.slots[*it]);
                let counting: Vec<Counting> = slots.clone().map(|it| it.counting.clone()).collect();
                let when = slots.clone().next().map_or(when, |it| it.length.when());
                let classes = bases.begin(&counting, when);
                let with = |lengths: &Vec<Length>| {
                    let mut way = way.clone();
                    for (place, length) in places.iter().zip(lengths) {
                        way.slots[*place].length = *length;
                    }
                    way
                };
                classes.iter().map(with).collect::<Vec<Way>>()
            })
            .collect();
    }
    ways
}

/// What counts from before it came to exist is not over yet. Of clocks that would be, a step of its
/// own says that they are due now; a guarantee that would be ends now.
fn not_over(
    machine: &Machine,
    bases: &Bases<'_>,
    step: &Step,
    late: &[usize],
    when: When,
    way: Way,
) -> Vec<Way> {
    let mut ways = vec![way];
    for place in late.iter().copied() {
        let mut next = Vec::new();
        for way in ways {
            let told = running(machine, &step.next, &way.slots);
            if told[place].hold != Hold::Runs {
                next.push(way);
                continue;
            }
            if let Some(zone) = way.zone.not_over(bases, place, &told) {
                next.push(Way { zone, slots: way.slots.clone() });
            }
            let is_promise = matches!(step.next.open()[place].item, Item::Promise(_));
            if is_promise && let Some(mut zone) = way.zone.past(bases, place, &told) {
                zone.restart(place);
                let mut slots = way.slots;
                slots[place].length = Length::at_once(when);
                next.push(Way { zone, slots });
            }
        }
        ways = next;
    }
    ways
}

fn passed(machine: &Machine, bases: &Bases<'_>, step: &Step, way: Way) -> Option<(Spot, Zone)> {
    let spot = Spot { key: step.next.clone(), slots: way.slots.into() };
    let told = spot.running(machine);
    let mut zone = way.zone;
    zone.elapse(bases, &told).then_some((spot, zone))
}
