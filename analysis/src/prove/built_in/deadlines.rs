//! Every deadline can be met, and can be missed.
//!
//! That something can be is shown by a course that the engine has been through: some at random for
//! all deadlines together, then ways to what none of them showed. That it cannot be is proved as a
//! guarantee is: on no course of all that a case can take does it happen.

use std::collections::{BTreeSet, VecDeque};

use engine::machine::Machine;
use engine::model::{Deadline, DeadlineId, Point};
use engine::time::Allowance;

use crate::bases::Bases;
use crate::confirm::{Goal, confirm_any, seen};
use crate::explore::{Hunt, look};
use crate::prove::Options;
use crate::prove::reasons::{inexact, left_out};
use crate::steps::{About, Grain, Key, Step, Steps};
use crate::verdict::{Because, Impossible, Outcome, Proved, Undecided};

/// How often the engine is asked for courses at random, for all deadlines together.
const RANDOM_CALLS: u32 = 60_000;
const SEED: u64 = 5;

/// How many situations are looked at for each of those that no course at random showed.
const SITUATIONS_MAX: usize = 3_000;

/// How many ways there are tried, and how often the engine is asked for each.
const WAYS_MAX: usize = 6;
const CALLS: u32 = 4_000;

/// Whether a protocol has a deadline that is asked about.
pub(in crate::prove) fn counts(machine: &Machine) -> bool {
    !wanted(machine).is_empty()
}

pub(super) fn real(machine: &Machine, bases: &Bases<'_>, options: &Options) -> (Outcome, usize) {
    let wanted = wanted(machine);
    let goals: Vec<Goal> = wanted.iter().map(|it| it.goal()).collect();
    let seen = seen(machine, &goals, options.window(), SEED, options.effort(RANDOM_CALLS));
    let unseen = wanted.iter().zip(seen).filter(|(_, seen)| !seen).map(|(it, _)| *it);
    let mut impossible = Vec::new();
    let mut because = Vec::new();
    let mut situations = 0;
    for wanted in unseen {
        let (found, n) = sought(machine, bases, wanted, options);
        situations += n;
        match found {
            Found::Seen => {}
            Found::Impossible => impossible.push(wanted.impossible()),
            Found::Unknown(why) => because.extend(why),
        }
    }
    because.sort_unstable();
    because.dedup();
    let outcome = match (impossible.is_empty(), because.is_empty()) {
        (false, _) => Outcome::Impossible(impossible),
        (true, false) => Outcome::Undecided(Undecided { because, ..Undecided::default() }),
        (true, true) => Outcome::Proved(Proved::default()),
    };
    (outcome, situations)
}

/// Something that should be possible of a deadline.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wanted {
    Met(DeadlineId),
    Missed(DeadlineId),
}

impl Wanted {
    const fn goal(self) -> Goal {
        match self {
            Self::Met(id) => Goal::Met(id),
            Self::Missed(id) => Goal::Breached(id),
        }
    }

    const fn impossible(self) -> Impossible {
        match self {
            Self::Met(id) => Impossible::Met(id),
            Self::Missed(id) => Impossible::Missed(id),
        }
    }
}

/// What should be possible: a duty or a right that something meets is met in time, one that has an
/// end is missed. A duty without a counted term is never missed, and a window that nothing uses
/// only runs out.
fn wanted(machine: &Machine) -> Vec<Wanted> {
    let deadlines = machine.protocol.deadlines.iter().enumerate();
    let both = deadlines.flat_map(|(at, it)| {
        let id = DeadlineId::at(at);
        let met = (!it.met_by.is_empty()).then_some(Wanted::Met(id));
        [met, has_end(it).then_some(Wanted::Missed(id))]
    });
    both.flatten().collect()
}

fn has_end(deadline: &Deadline) -> bool {
    let counted = |it: &engine::model::Alternative| it.allowance != Allowance::Promptly;
    deadline.due.is_some() || deadline.alternatives.iter().any(counted)
}

enum Found {
    Seen,
    Impossible,
    Unknown(Vec<Because>),
}

/// Looks for a way to it, and for the dates of one.
fn sought(
    machine: &Machine,
    bases: &Bases<'_>,
    wanted: Wanted,
    options: &Options,
) -> (Found, usize) {
    let (id, points) = match wanted {
        Wanted::Met(id) => (id, vec![Point::Met(id)]),
        Wanted::Missed(id) => (id, vec![Point::Breach(id), Point::Lapse(id)]),
    };
    let about = About { points: points.clone(), deadlines: vec![id], ..About::default() };
    let mut steps = Steps::new(machine, &about.at(Grain::Exact));
    let situations_max = options.situations.min(SITUATIONS_MAX);
    let (is_there, n) = anywhere(&mut steps, (situations_max, options), &|key, step| {
        step.points.iter().any(|it| points.contains(it)) && !is_late(key, step, id)
    });
    let is_known = |steps: &Steps<'_>| left_out(steps, bases).is_empty();
    if is_there == Some(false) && is_known(&steps) {
        return (Found::Impossible, n);
    }
    let is_bad = |step: &Step| step.points.iter().any(|it| points.contains(it));
    let hunt = Hunt { is_bad: &is_bad, ..options.hunt(situations_max, WAYS_MAX) };
    let looked = look(&mut steps, bases, &hunt);
    let n = n + looked.situations;
    let (goal, ways) = (wanted.goal(), looked.suspects.iter().map(Vec::as_slice));
    if confirm_any(machine, ways, goal, options.window(), options.effort(CALLS)).is_some() {
        return (Found::Seen, n);
    }
    if looked.proved && !looked.is_cut_off && is_known(&steps) {
        return (Found::Impossible, n);
    }
    let rule = machine.protocol.deadlines[id.index()].rule;
    let mut because = inexact(&steps, &looked.opaque, bases);
    because.push(match wanted {
        Wanted::Met(_) => Because::NotSeenMet(rule),
        Wanted::Missed(_) => Because::NotSeenMissed(rule),
    });
    if looked.is_cut_off {
        because.push(Because::Budget(looked.situations));
    }
    (Found::Unknown(because), n)
}

/// Whether what a step meets was missed before.
fn is_late(from: &Key, step: &Step, id: DeadlineId) -> bool {
    let was_missed = from.case().open(id).is_some_and(|it| it.breached);
    was_missed && step.points.contains(&Point::Met(id))
}

/// Whether a step of a kind can be taken anywhere, whatever the instants; nothing where there is
/// more to look at. Besides, at how many places it was looked.
fn anywhere(
    steps: &mut Steps<'_>,
    (most, options): (usize, &Options),
    is_it: &dyn Fn(&Key, &Step) -> bool,
) -> (Option<bool>, usize) {
    let start = steps.start();
    let mut seen = BTreeSet::from([start.clone()]);
    let mut queue = VecDeque::from([start]);
    while let Some(key) = queue.pop_front() {
        for step in steps.successors(&key).iter() {
            if is_it(&key, step) {
                return (Some(true), seen.len());
            }
            if seen.insert(step.next.clone()) {
                queue.push_back(step.next.clone());
            }
        }
        if seen.len() > most || options.patience.is_over() {
            return (None, seen.len());
        }
    }
    (Some(false), seen.len())
}
