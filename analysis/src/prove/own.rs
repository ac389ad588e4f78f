//! The guarantees that a case is watched for while it runs.

use engine::machine::Machine;
use engine::model::{GuaranteeId, Promise};

use crate::Taken;
use crate::bases::Bases;
use crate::confirm::{self, Goal, confirm_within, search};
use crate::explore::{Hunt, Looked, longest, look, together, ways};
use crate::prove::Options;
use crate::prove::reasons::{inexact, left_out};
use crate::steps::{About, Grain, Step, Steps};
use crate::verdict::{Because, Course, Outcome, Proved, Undecided};

/// How many ways are tried on real dates.
const WAYS_MAX: usize = 24;

/// How often the engine is asked for all of them together, and for each at least.
const CALLS: u32 = 60_000;
const CALLS_EACH: u32 = 4_000;

/// How many courses are tried at random where no way could be dated.
const COURSES: u32 = 200;

/// How many situations are looked at for the course on which it takes longest.
const WORST_SITUATIONS: usize = 4_000;

/// Looks as roughly as may do first: what is proved of more than can be holds. Only what is not
/// proved so, and of which no course is found that breaks it, is looked at more closely.
pub(super) fn prove(machine: &Machine, id: GuaranteeId, options: &Options) -> (Outcome, usize) {
    let guarantee = &machine.protocol.guarantees[id.index()];
    let has_term = matches!(guarantee.promise, Promise::Within { .. });
    let mut situations = 0;
    let mut is_sought = false;
    let grains = grains(&guarantee.promise);
    for (at, grain) in grains.iter().enumerate() {
        let mut steps = Steps::new(machine, &About::guarantee(machine, id).at(*grain));
        // What would be looked at more closely the same way is not looked at twice.
        if grains.iter().skip(at + 1).any(|it| steps.matters().is_same_at(*it)) {
            continue;
        }
        let hunt = Hunt {
            is_bad: &|step: &Step| step.promise.broken,
            assume: &guarantee.assume,
            situations_max: options.situations,
            ways_max: WAYS_MAX,
        };
        let Ok(bases) = Bases::counting(machine, options.cases(), &steps.countings()) else {
            break;
        };
        let bases = &bases;
        let looked = looked(&mut steps, bases, &hunt, (has_term, *grain));
        situations += looked.situations;
        if looked.proved {
            let outcome = proved(&mut steps, bases, &looked, id, options);
            return (outcome, situations);
        }
        // What is too much to look at roughly is too much to look at closely.
        let is_last = at + 1 == grains.len() || looked.is_cut_off;
        let mut course = by_way(machine, &looked.suspects, Goal::Broken(id), options);
        if course.is_none() && !is_sought && (is_last || *grain != Grain::Near) {
            is_sought = true;
            course = at_random(machine, Goal::Broken(id), options);
        }
        if let Some(course) = course {
            return (Outcome::Refuted(Box::new(course)), situations);
        }
        if is_last {
            let because = undecided(&steps, bases, &looked);
            let is_known = has_term && left_out(&steps, bases).is_empty();
            let at_most_days = is_known.then(|| at_most(&mut steps, bases, &hunt)).flatten();
            let found = search(machine, Goal::Latest(id), options.window(), SEED, COURSES);
            let at_least_days = found.filter(|_| has_term).and_then(|it| it.days);
            let undecided = Undecided { because, at_most_days, at_least_days };
            return (Outcome::Undecided(undecided), situations);
        }
    }
    (Outcome::Undecided(Undecided::default()), situations)
}

/// How closely is looked, one after the other.
pub(crate) const fn grains(promise: &Promise) -> &'static [Grain] {
    match promise {
        Promise::Within { .. } | Promise::TooSoon { .. } => {
            &[Grain::Near, Grain::Rough, Grain::Exact]
        }
        _ => &[Grain::Order, Grain::Near, Grain::Rough, Grain::Exact],
    }
}

/// What is said of a guarantee that holds so far as was looked.
fn proved(
    steps: &mut Steps<'_>,
    bases: &Bases<'_>,
    looked: &Looked,
    id: GuaranteeId,
    options: &Options,
) -> Outcome {
    let promise = &steps.machine().protocol.guarantees[id.index()].promise;
    let has_term = matches!(promise, Promise::Within { .. });
    let most_days = looked.most_days.filter(|_| has_term && looked.touched);
    let because = left_out(steps, bases);
    if !because.is_empty() {
        let undecided = Undecided { because, at_most_days: most_days, at_least_days: None };
        return Outcome::Undecided(undecided);
    }
    let vacuous = !looked.touched && is_begun(promise);
    let worst = most_days.and_then(|_| worst(steps, bases, id, most_days, options));
    Outcome::Proved(Proved { vacuous, most_days, worst: worst.map(Box::new) })
}

/// Looks at everything roughly first, which is soon done and proves most. Looking closely then
/// tells how long it takes, and proves what depends on how lengths go together.
pub(crate) fn looked(
    steps: &mut Steps<'_>,
    bases: &Bases<'_>,
    hunt: &Hunt<'_>,
    (has_term, grain): (bool, Grain),
) -> Looked {
    let rough = bases.roughly();
    let first = Looked { is_rough: true, ..together(steps, &rough, hunt) };
    if first.is_cut_off || (first.proved && !has_term) || !grain.has_terms() {
        return first;
    }
    if grain == Grain::Near && !first.proved {
        let closer = together(steps, bases, hunt);
        if closer.proved {
            return closer;
        }
    }
    let is_enough = first.proved || grain == Grain::Near;
    let share = if is_enough { CLOSER_SHARE } else { 1 };
    let closely =
        look(steps, bases, &Hunt { situations_max: hunt.situations_max / share, ..*hunt });
    match closely.is_cut_off {
        false => closely,
        true if first.proved => first,
        true if grain == Grain::Near => Looked { is_cut_off: false, ..closely },
        true => Looked { is_rough: true, ..ways(steps, &rough, hunt) },
    }
}

/// The most calendar days until a guarantee is kept: as closely as that can be told.
fn at_most(steps: &mut Steps<'_>, bases: &Bases<'_>, hunt: &Hunt<'_>) -> Option<u32> {
    let (machine, window) = (bases.machine(), bases.window());
    let endless = Bases::counting(machine, window, &steps.countings()).ok()?.without_end();
    let rough = endless.roughly();
    // Where nothing ends it, that is soon seen.
    let most = longest(steps, &rough, hunt)?;
    let situations_max = hunt.situations_max / CLOSER_SHARE;
    let closer = longest(steps, &endless, &Hunt { situations_max, ..*hunt });
    Some(closer.map_or(most, |it| it.min(most)))
}

/// What is proved already, or can be looked at otherwise, is looked at closely only as far as one in
/// so many situations goes.
const CLOSER_SHARE: usize = 16;

const SEED: u64 = 7;

/// Whether anything must have begun it for it to ask something. What is only forbidden asks
/// something from the beginning.
const fn is_begun(promise: &Promise) -> bool {
    matches!(promise, Promise::Within { .. } | Promise::TooSoon { .. })
}

/// A course on real dates by one of the ways, else one that is found at random.
pub(super) fn dated(
    machine: &Machine,
    ways: &[Vec<Taken>],
    goal: Goal,
    options: &Options,
) -> Option<Course> {
    by_way(machine, ways, goal, options).or_else(|| at_random(machine, goal, options))
}

/// A course on real dates by one of the ways.
fn by_way(machine: &Machine, ways: &[Vec<Taken>], goal: Goal, options: &Options) -> Option<Course> {
    let n = u32::try_from(ways.len().max(1)).unwrap_or(u32::MAX);
    let each = (CALLS / n).max(CALLS_EACH);
    ways.iter().find_map(|it| confirm_within(machine, it, goal, options.window(), each))
}

/// A course that is found at random, also where no way is known because there was too much to
/// look at.
fn at_random(machine: &Machine, goal: Goal, options: &Options) -> Option<Course> {
    let may = goal != Goal::Taken;
    may.then(|| search(machine, goal, options.window(), SEED, COURSES)).flatten()
}

fn undecided(steps: &Steps<'_>, bases: &Bases<'_>, looked: &Looked) -> Vec<Because> {
    let mut because = inexact(steps, &looked.opaque, bases);
    if looked.is_cut_off {
        because.push(Because::Budget(looked.situations));
    }
    if because.is_empty() {
        because.push(Because::NoDates);
    }
    because.sort_unstable();
    because
}

/// The course on which it takes longest until it is kept, among some that keep it.
fn worst(
    steps: &mut Steps<'_>,
    bases: &Bases<'_>,
    id: GuaranteeId,
    at_most: Option<u32>,
    options: &Options,
) -> Option<Course> {
    let machine = steps.machine();
    let guarantee = &machine.protocol.guarantees[id.index()];
    let hunt = Hunt {
        is_bad: &|step: &Step| step.promise.kept,
        assume: &guarantee.assume,
        situations_max: options.situations.min(WORST_SITUATIONS),
        ways_max: WAYS_MAX,
    };
    let kept = ways(steps, bases, &hunt);
    let mut longest: Vec<(Option<u32>, &Vec<Taken>)> =
        kept.days.iter().copied().zip(&kept.suspects).collect();
    longest.sort_by_key(|it| std::cmp::Reverse(it.0));
    let ways = longest.iter().take(WORST_MAX).map(|(_, way)| way.as_slice());
    confirm::worst(machine, ways, id, options.window(), at_most)
}

/// How many ways are tried for it.
const WORST_MAX: usize = 3;
