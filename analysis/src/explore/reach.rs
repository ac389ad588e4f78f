//! From where something can still come about. Everybody may act at any instant, so that what can
//! be brought about by events alone can be brought about whenever it is asked.

use std::collections::{BTreeMap, BTreeSet};

use crate::Taken;
use crate::steps::{Counted, Item, Key, Step, Steps};

/// What can be said of the places where a case can be.
#[derive(Clone, Debug, Default)]
pub struct Reach {
    /// The keys from which it is not shown that it can come about.
    pub doubtful: BTreeSet<Key>,
    /// Those of them from which it cannot, whatever is answered to what is not known.
    pub hopeless: BTreeSet<Key>,
    /// How many keys there are.
    pub keys: usize,
    /// Whether there are more.
    pub is_cut_off: bool,
}

/// Looks from where a step that brings it about can still be taken. `is_there` says of a key that
/// it need not be asked there, `is_it` of a step that it brings it about.
#[must_use]
pub fn reach(
    steps: &mut Steps<'_>,
    keys_max: usize,
    is_there: &dyn Fn(&Key) -> bool,
    is_it: &dyn Fn(&Step) -> bool,
) -> Reach {
    let Some(keys) = keys(steps, keys_max) else {
        return Reach { is_cut_off: true, keys: keys_max, ..Reach::default() };
    };
    let all: BTreeMap<Key, std::sync::Arc<[Step]>> =
        keys.iter().map(|key| (key.clone(), steps.successors(key))).collect();
    let mut sure: BTreeSet<Key> = BTreeSet::new();
    let mut maybe: BTreeSet<Key> = BTreeSet::new();
    loop {
        let before = (sure.len(), maybe.len());
        for key in &keys {
            let Some(steps) = all.get(key) else { continue };
            if !sure.contains(key) && (is_there(key) || is_sure(key, steps, &sure, is_it)) {
                sure.insert(key.clone());
            }
            let leads = |it: &Step| is_it(it) || maybe.contains(&it.next);
            if !maybe.contains(key) && (is_there(key) || steps.iter().any(leads)) {
                maybe.insert(key.clone());
            }
        }
        if before == (sure.len(), maybe.len()) {
            break;
        }
    }
    Reach {
        doubtful: keys.iter().filter(|it| !sure.contains(it)).cloned().collect(),
        hopeless: keys.iter().filter(|it| !maybe.contains(it)).cloned().collect(),
        keys: keys.len(),
        is_cut_off: false,
    }
}

/// Whether it can be brought about from a key for certain: by an event that is taken whatever is
/// not known, or because all that time can do there leads on.
fn is_sure(key: &Key, steps: &[Step], sure: &BTreeSet<Key>, is_it: &dyn Fn(&Step) -> bool) -> bool {
    let leads = |it: &Step| is_it(it) || sure.contains(&it.next);
    let is_taken = |it: &&Step| it.opaque.is_empty() && it.past.is_empty();
    let by_event = |it: &&Step| matches!(it.taken, Taken::Event(_)) && is_taken(it);
    // However serious the case is judged to be.
    let leads = |it: &Step| {
        let other = |of: &Step| of.taken == it.taken && of.learned == it.learned;
        leads(it) && (!it.judged || steps.iter().filter(|of| other(of)).all(leads))
    };
    // What was found out of the case splits it: there must be a way for each possibility.
    let ways: Vec<&Step> = steps.iter().filter(by_event).filter(|it| leads(it)).collect();
    if ways.iter().any(|it| it.learned.is_empty()) || is_covered(steps, &ways) {
        return true;
    }
    // Nobody does anything: then time does, if it is bound to.
    let is_bound = key.open().iter().any(|it| {
        let counts = !matches!(it.counted, Counted::Nothing | Counted::Date(_));
        counts
            && !matches!(it.item, Item::Promise(_))
            && it.standing == crate::steps::Standing::Runs
    });
    let mut by_time = steps.iter().filter(|it| it.acts.is_some()).peekable();
    is_bound && by_time.peek().is_some() && by_time.all(leads)
}

/// Whether the ways cover all that can be found out of one field: every value of it that any step
/// tells from the others has a way that asks nothing else.
fn is_covered(steps: &[Step], ways: &[&Step]) -> bool {
    let told = steps.iter().flat_map(|it| &it.learned);
    let fields: BTreeSet<_> = told.clone().map(|it| it.0).collect();
    fields.into_iter().any(|field| {
        let mut values: Vec<_> = told.clone().filter(|it| it.0 == field).map(|it| it.1).collect();
        values.dedup();
        values.iter().all(|value| ways.iter().any(|it| it.learned == [(field, *value)]))
    })
}

/// The keys that can be reached, whatever the instants; nothing where there are more than so many.
fn keys(steps: &mut Steps<'_>, most: usize) -> Option<Vec<Key>> {
    let start = steps.start();
    let mut seen = BTreeSet::from([start.clone()]);
    let mut order = vec![start];
    let mut next = 0;
    while let Some(key) = order.get(next).cloned() {
        next += 1;
        for step in steps.successors(&key).iter() {
            if seen.insert(step.next.clone()) {
                order.push(step.next.clone());
            }
        }
        if order.len() > most {
            return None;
        }
    }
    Some(order)
}
