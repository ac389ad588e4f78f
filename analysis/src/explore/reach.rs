//! From where something can still come about. Everybody may act at any instant, so that what can
//! be brought about by events alone can be brought about whenever it is asked.

use std::collections::{BTreeMap, BTreeSet};

use engine::model::FieldId;
use engine::script::Value;

use crate::Patience;
use crate::steps::{Counted, Item, Key, Step, Steps};
use crate::{Reported, Taken};

/// What can be said of the places where a case can be.
#[derive(Clone, Debug, Default)]
pub struct Reach {
    /// The keys from which it is not shown that it can come about.
    pub doubtful: BTreeSet<Key>,
    /// Those of them from which it cannot, whatever is answered to what is not known.
    pub hopeless: BTreeSet<Key>,
    /// Those of them from which it can, but that a way hangs by what is known of the person's other
    /// cases.
    pub by_others: BTreeSet<Key>,
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
pub fn reach(
    steps: &mut Steps<'_>,
    (keys_max, patience): (usize, &Patience),
    asked: &Ways<'_>,
) -> Reach {
    let (is_there, is_it) = (asked.is_there, asked.is_it);
    let Some(keys) = keys(steps, keys_max, patience) else {
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
    let of: &Steps<'_> = steps;
    let sure_if = |whatever: Whatever, key: &Key, sure: &BTreeSet<Key>| {
        let values = |field| of.values_of(key, field);
        let known = Known { others: &others, values: &values, whatever };
        all.get(key).is_some_and(|it| is_sure((key, it), sure, is_it, &known))
    };
    let grown = |leads_on: &dyn Fn(&Key, &BTreeSet<Key>) -> bool| {
        let mut from: BTreeSet<Key> = BTreeSet::new();
        loop {
            let before = from.len();
            for key in &keys {
                if !from.contains(key) && (is_there(key) || leads_on(key, &from)) {
                    from.insert(key.clone());
                }
            }
            if before == from.len() {
                return from;
            }
        }
    };
    let but = |of: &BTreeSet<Key>| {
        keys.iter().filter(|it| !of.contains(it)).cloned().collect::<BTreeSet<Key>>()
    };
    let sure = grown(&|key, sure| sure_if(Whatever::Known, key, sure));
    let maybe = grown(&|key, maybe| {
        let leads = |it: &Step| is_it(it) || maybe.contains(&it.next);
        all.get(key).is_some_and(|it| it.iter().any(leads))
    });
    let doubtful = but(&sure);
    let mut by_others = BTreeSet::new();
    if !doubtful.is_empty() {
        let were_known = grown(&|key, sure| sure_if(Whatever::Fits, key, sure));
        by_others.extend(doubtful.iter().filter(|it| were_known.contains(it)).cloned());
    }
    let hopeless = but(&maybe);
    Reach { doubtful, hopeless, by_others, keys: keys.len(), is_cut_off: false }
}

/// What is taken of a person's other cases.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Whatever {
    /// There must be a way whatever is known of them.
    Known,
    /// They are as it fits.
    Fits,
}

/// Whether it can be brought about from a key for certain: by an event that is taken whatever is
/// not known, or because all that time can do there leads on.
fn is_sure(
    (key, steps): (&Key, &[Step]),
    sure: &BTreeSet<Key>,
    is_it: &dyn Fn(&Step) -> bool,
    known: &Known<'_>,
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
    let whatever = ways
        .iter()
        .filter(|it| known.whatever == Whatever::Fits || is_whatever(it, &ways, known.others));
    let learned: Vec<Learned<'_>> = whatever.map(|it| it.learned.as_slice()).collect();
    if covers(known.values, &[], &learned) {
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

/// What fields may hold, and what may be known of the person's other cases, by the place of a question.
struct Known<'k> {
    values: &'k dyn Fn(FieldId) -> Vec<Value>,
    others: &'k dyn Fn(usize) -> Vec<Value>,
    whatever: Whatever,
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
    // What is not asked is empty, or unset.
    let asked = |history: &[Value]| {
        let all = (0..).zip(history.iter().copied());
        all.filter(|it| it.1 != Value::Unset).collect::<Vec<(usize, Value)>>()
    };
    let alike = ways.iter().filter(|it| it.learned == step.learned);
    let answers = alike.filter_map(|it| match &it.taken {
        Taken::Event(other) if but_for_that(other) == same => Some(asked(&other.history)),
        _ => None,
    });
    let answers: Vec<Vec<(usize, Value)>> = answers.collect();
    let answers: Vec<&[(usize, Value)]> = answers.iter().map(Vec::as_slice).collect();
    covers(others, &[], &answers)
}

/// What was found out of a case by a step.
type Learned<'s> = &'s [(FieldId, Value)];

/// Whether one of several answers fits whatever is the case, of which `given` is known: what each
/// takes for granted of fields, or of questions about other cases, is found for every value.
/// `values` says what one may be.
pub(crate) fn covers<K: Copy + PartialEq>(
    values: &dyn Fn(K) -> Vec<Value>,
    given: &[(K, Value)],
    answers: &[&[(K, Value)]],
) -> bool {
    let is_given = |it: &(K, Value)| given.contains(it);
    let Some(first) = answers.first() else { return false };
    if answers.iter().any(|it| it.iter().all(is_given)) {
        return true;
    }
    let Some((of, _)) = first.iter().find(|it| !is_given(it)) else { return true };
    values(*of).into_iter().all(|value| {
        let fits =
            |it: &&&[(K, Value)]| it.iter().all(|(other, wanted)| other != of || *wanted == value);
        let left: Vec<&[(K, Value)]> = answers.iter().filter(fits).copied().collect();
        let given: Vec<_> = given.iter().copied().chain([(*of, value)]).collect();
        covers(values, &given, &left)
    })
}

/// The keys that can be reached, whatever the instants; nothing where there are more than so many.
fn keys(steps: &mut Steps<'_>, most: usize, patience: &Patience) -> Option<Vec<Key>> {
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
        if order.len() > most || patience.is_over() {
            return None;
        }
    }
    Some(order)
}
