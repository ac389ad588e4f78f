//! What is asked of the places where a case can be: that something can happen there, that there
//! is a way from there to somewhere.

use engine::machine::Machine;
use engine::model::{EventId, FieldId, GuaranteeId, Lengthen, Point, Promise};
use engine::script::Value;

use crate::Taken;
use crate::bases::Bases;
use crate::confirm::Goal;
use crate::explore::{Hunt, Reach, Ways, covers, reach, ways};
use crate::prove::Options;
use crate::prove::own::dated;
use crate::prove::reasons::inexact;
use crate::steps::{About, Grain, Key, Step, Steps};
use crate::verdict::{Because, Outcome, Proved, Undecided};

const WAYS_MAX: usize = 8;

/// A guarantee of the protocol about the places where a case can be.
pub(in crate::prove) fn own(
    machine: &Machine,
    bases: &Bases<'_>,
    id: GuaranteeId,
    options: &Options,
) -> (Outcome, usize) {
    match &machine.protocol.guarantees[id.index()].promise {
        Promise::Reachable { points } => reachable(machine, bases, points, false, options),
        Promise::Possible { .. } => possible(machine, bases, id, options),
        _ => (Outcome::Undecided(Undecided::default()), 0),
    }
}

pub(super) fn reachable(
    machine: &Machine,
    bases: &Bases<'_>,
    points: &[Point],
    unless_closed: bool,
    options: &Options,
) -> (Outcome, usize) {
    let about = About { points: points.to_vec(), ..About::default() }.at(Grain::Order);
    let mut steps = Steps::new(machine, &about);
    // Whoever is there need not come there.
    let stays = |key: &Key| {
        key.case().opened_at.is_some() && points.contains(&Point::Stage(key.case().stage))
    };
    let is_there = |key: &Key| (unless_closed && key.case().closed) || stays(key);
    let is_it = |step: &Step| step.points.iter().any(|it| points.contains(it));
    let asked =
        Ways { is_there: &is_there, is_it: &is_it, may: &|_, _| true, is_answer: &|_, _| true };
    let found = reach(&mut steps, (options.situations, &options.patience), &asked);
    said(&mut steps, bases, &found, options)
}

/// What is said of places from where something can come about or not.
pub(super) fn said(
    steps: &mut Steps<'_>,
    bases: &Bases<'_>,
    found: &Reach,
    options: &Options,
) -> (Outcome, usize) {
    if found.is_cut_off {
        let because = vec![Because::Budget(found.keys)];
        return (Outcome::Undecided(Undecided { because, ..Undecided::default() }), found.keys);
    }
    if found.doubtful.is_empty() && steps.faults().is_empty() {
        return (Outcome::Proved(Proved::default()), found.keys);
    }
    let refuted = way_to(steps, bases, options, &|step| found.hopeless.contains(&step.next));
    if let Some(refuted) = refuted.filter(|_| steps.faults().is_empty()) {
        return (refuted, found.keys);
    }
    let mut opaque = std::collections::BTreeSet::new();
    for key in &found.doubtful {
        opaque.extend(steps.successors(key).iter().flat_map(|it| it.opaque.clone()));
    }
    let mut because = inexact(steps, &opaque, bases);
    if !found.by_others.is_empty() {
        because.push(Because::OtherCases);
    }
    if because.is_empty() {
        because.push(Because::NoDates);
    }
    (Outcome::Undecided(Undecided { because, ..Undecided::default() }), found.keys)
}

/// A refutation: a course on real dates to a step that must not be.
pub(super) fn way_to(
    steps: &mut Steps<'_>,
    bases: &Bases<'_>,
    options: &Options,
    is_bad: &dyn Fn(&Step) -> bool,
) -> Option<Outcome> {
    let hunt = Hunt { is_bad, ..options.hunt(options.situations, WAYS_MAX) };
    let found = ways(steps, bases, &hunt);
    let course = dated(steps.machine(), &found.suspects, Goal::Taken, options)?;
    Some(Outcome::Refuted(Box::new(course)))
}

/// Wherever a case can be that is not closed, somebody can do something that matters, or time
/// does.
pub(super) fn no_dead_end(
    machine: &Machine,
    bases: &Bases<'_>,
    options: &Options,
) -> (Outcome, usize) {
    let mut steps = Steps::new(machine, &About::default().at(Grain::Order));
    let is_there = |key: &Key| key.case().closed;
    let leaves = |step: &Step| matches!(step.taken, Taken::Event(_)) || step.acts.is_some();
    let asked =
        Ways { is_there: &is_there, is_it: &leaves, may: &|_, _| true, is_answer: &|_, _| true };
    let found = reach(&mut steps, (options.situations, &options.patience), &asked);
    said(&mut steps, bases, &found, options)
}

/// Whether steps count that are taken for one answer about the person's other cases.
#[derive(Clone, Copy, PartialEq, Eq)]
enum AsksOthers {
    Not,
    Too,
}

/// Whether a step is taken for one answer about the person's other cases.
fn asks(step: &Step) -> bool {
    matches!(&step.taken, Taken::Event(said) if !said.history.is_empty())
}

/// Whether an event is taken from somebody, whatever is not known of the case: by one of the steps
/// that take it for each value that a field may have.
/// `given` is what the case holds for certain.
fn is_sure(
    steps: &Steps<'_>,
    key: &Key,
    event: EventId,
    (taking, asks_others): (&[&Step], AsksOthers),
    given: &[(FieldId, Value)],
) -> bool {
    let machine = steps.machine();
    // Whether a total is later depends on the dates.
    let is_by_dates = machine.extensions(event).iter().any(|(id, place)| {
        let deadline = machine.protocol.deadlines.get(id.index());
        let extension = deadline.and_then(|it| it.extend.get(usize::from(*place)));
        let is_total = extension.is_some_and(|it| matches!(it.lengthen, Lengthen::Total(_)));
        is_total && key.case().open(*id).is_some()
    });
    let is_plain =
        |it: &&&Step| it.opaque.is_empty() && (asks_others == AsksOthers::Too || !asks(it));
    let contradicts = |(field, value): &(FieldId, Value)| {
        given.iter().any(|(of, holds)| of == field && holds != value)
    };
    let known = taking.iter().filter(is_plain).map(|it| it.learned.as_slice());
    let known: Vec<_> = known.filter(|it| !it.iter().any(contradicts)).collect();
    !is_by_dates && covers(&|field| steps.values_of(key, field), given, &known)
}

/// Wherever a condition holds, an event is taken from somebody, with some data.
fn possible(
    machine: &Machine,
    bases: &Bases<'_>,
    id: GuaranteeId,
    options: &Options,
) -> (Outcome, usize) {
    let Promise::Possible { event, holds } = &machine.protocol.guarantees[id.index()].promise
    else {
        return (Outcome::Undecided(Undecided::default()), 0);
    };
    let mut steps = Steps::new(machine, &About::guarantee(machine, id));
    let start = steps.start();
    let mut seen = std::collections::BTreeSet::from([start.clone()]);
    let mut order = vec![start];
    let mut refused = std::collections::BTreeSet::new();
    let mut doubtful = std::collections::BTreeSet::new();
    let mut by_others = std::collections::BTreeSet::new();
    let mut next = 0;
    while let Some(key) = order.get(next).cloned() {
        next += 1;
        if key.case().opened_at.is_some() {
            // What the case must hold for the condition to hold, in each way in which it may.
            let held = holds.as_ref().map_or_else(|| vec![Vec::new()], |it| steps.held(&key, it));
            let must_hold = holds.as_ref().is_none_or(|it| steps.must_hold(&key, it));
            let point = Point::Event(*event);
            let found = steps.successors(&key);
            let taking: Vec<&Step> = found.iter().filter(|it| it.points.contains(&point)).collect();
            let is_sure = |asks: AsksOthers| {
                held.iter().all(|given| is_sure(&steps, &key, *event, (&taking, asks), given))
            };
            if !is_sure(AsksOthers::Not) {
                doubtful.insert(key.clone());
                if is_sure(AsksOthers::Too) {
                    by_others.insert(key.clone());
                }
            }
            if must_hold && taking.is_empty() {
                refused.insert(key.clone());
            }
        }
        for step in steps.successors(&key).iter() {
            if seen.insert(step.next.clone()) {
                order.push(step.next.clone());
            }
        }
        if options.is_enough(order.len()) {
            let because = vec![Because::Budget(order.len())];
            let undecided = Undecided { because, ..Undecided::default() };
            return (Outcome::Undecided(undecided), order.len());
        }
    }
    let found =
        Reach { doubtful, hopeless: refused, by_others, keys: order.len(), is_cut_off: false };
    said(&mut steps, bases, &found, options)
}
