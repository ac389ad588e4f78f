//! From where something can still come about. Everybody may act at any instant, so that what can
//! be brought about by events alone can be brought about whenever it is asked.

use std::collections::{BTreeMap, BTreeSet};

use engine::script::Value;

use crate::steps::{Counted, Item, Key, Step, Steps};
use crate::{Reported, Taken};

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

/// What is asked of the places where a case can be.
pub struct Ways<'w> {
    /// Whether it need not be asked of a key.
    pub is_there: &'w dyn Fn(&Key) -> bool,
    /// Whether a step brings it about.
    pub is_it: &'w dyn Fn(&Step) -> bool,
    /// Whether a way may take a step.
    pub may: &'w dyn Fn(&Key, &Step) -> bool,
    /// Whether a question about the person's other cases, by its place, may be answered so.
    pub is_answer: &'w dyn Fn(usize, Value) -> bool,
}

/// Looks from where a step that brings it about can still be taken, whatever is known of the person's
/// other cases.
#[must_use]
pub fn reach(steps: &mut Steps<'_>, keys_max: usize, asked: &Ways<'_>) -> Reach {
    let (is_there, is_it) = (asked.is_there, asked.is_it);
    let Some(keys) = keys(steps, keys_max) else {
        return Reach { is_cut_off: true, keys: keys_max, ..Reach::default() };
    };
    let answered = |it: &Step| match &it.taken {
        Taken::Event(said) => (0..).zip(&said.history).all(|(at, it)| (asked.is_answer)(at, *it)),
        _ => true,
    };
    let mut taken = |key: &Key| {
        let all = steps.successors(key);
        let taken = all.iter().filter(|it| (asked.may)(key, it) && answered(it));
        taken.cloned().collect::<Vec<Step>>()
    };
    let all: BTreeMap<Key, Vec<Step>> = keys.iter().map(|it| (it.clone(), taken(it))).collect();
    let others = |question: usize| {
        let all = steps.others(question).iter().copied();
        all.filter(|it| (asked.is_answer)(question, *it)).collect::<Vec<Value>>()
    };
    let mut sure: BTreeSet<Key> = BTreeSet::new();
    let mut maybe: BTreeSet<Key> = BTreeSet::new();
    loop {
        let before = (sure.len(), maybe.len());
        for key in &keys {
            let Some(steps) = all.get(key) else { continue };
            if !sure.contains(key)
                && (is_there(key) || is_sure((key, steps), &sure, is_it, &others))
            {
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
fn is_sure(
    (key, steps): (&Key, &[Step]),
    sure: &BTreeSet<Key>,
    is_it: &dyn Fn(&Step) -> bool,
    others: &dyn Fn(usize) -> Vec<Value>,
) -> bool {
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
    // So does what is known of the person's other cases.
    let all = ways.clone();
    let ways: Vec<&Step> = ways.into_iter().filter(|it| is_whatever(it, &all, others)).collect();
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

/// Whether an event leads on whatever is known of the person's other cases: itself, or together with
/// others that are the same but for that.
fn is_whatever(step: &Step, ways: &[&Step], others: &dyn Fn(usize) -> Vec<Value>) -> bool {
    let Taken::Event(said) = &step.taken else { return false };
    if said.history.is_empty() {
        return true;
    }
    let but_for_that = |it: &Reported| Reported { history: Vec::new(), ..it.clone() };
    let same = but_for_that(said);
    let answers: Vec<&[Value]> = ways
        .iter()
        .filter(|it| it.learned == step.learned)
        .filter_map(|it| match &it.taken {
            Taken::Event(other) if but_for_that(other) == same => Some(other.history.as_slice()),
            _ => None,
        })
        .collect();
    has_all(&answers, &[], others)
}

/// Whether one of several lists of answers fits whatever is answered, of which `given` is known.
/// What is not asked is empty, or unset.
fn has_all(answers: &[&[Value]], given: &[usize], others: &dyn Fn(usize) -> Vec<Value>) -> bool {
    let Some(first) = answers.first() else { return false };
    let asks = |list: &[Value], at: usize| list.get(at).is_some_and(|it| *it != Value::Unset);
    if answers.iter().any(|list| (0..list.len()).all(|at| given.contains(&at) || !asks(list, at))) {
        return true;
    }
    let next = (0..first.len()).find(|at| !given.contains(at) && asks(first, *at));
    let Some(next) = next else { return true };
    let given: Vec<usize> = given.iter().copied().chain([next]).collect();
    others(next).into_iter().all(|value| {
        let fits = |list: &&&[Value]| !asks(list, next) || list.get(next) == Some(&value);
        let left: Vec<&[Value]> = answers.iter().filter(fits).copied().collect();
        has_all(&left, &given, others)
    })
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
