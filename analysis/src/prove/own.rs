//! The guarantees that a case is watched for while it runs.

use engine::machine::Machine;
use engine::model::{GuaranteeId, Promise};

use crate::Taken;
use crate::bases::Bases;
use crate::confirm::{self, Goal, confirm_within, search};
use crate::explore::{Hunt, Looked, longest, look, together, ways};
use crate::prove::Options;
use crate::prove::reasons::{inexact, left_out};
use crate::steps::{About, Step, Steps};
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

pub(super) fn prove(
    machine: &Machine,
    bases: &Bases<'_>,
    id: GuaranteeId,
    options: &Options,
) -> (Outcome, usize) {
    let mut steps = Steps::new(machine, &About::guarantee(machine, id));
    let guarantee = &machine.protocol.guarantees[id.index()];
    let hunt = Hunt {
        is_bad: &|step: &Step| step.promise.broken,
        assume: &guarantee.assume,
        situations_max: options.situations,
        ways_max: WAYS_MAX,
    };
    let has_term = matches!(guarantee.promise, Promise::Within { .. });
    let looked = looked(&mut steps, bases, &hunt, has_term);
    let most_days = looked.most_days.filter(|_| has_term && looked.touched);
    let situations = looked.situations;
    if !looked.proved {
        let course = dated(machine, &looked.suspects, Goal::Broken(id), options);
        if let Some(course) = course {
            return (Outcome::Refuted(Box::new(course)), situations);
        }
        let because = undecided(&steps, bases, &looked);
        let is_known = has_term && left_out(&steps, bases).is_empty();
        let at_most_days = is_known.then(|| at_most(&mut steps, bases, &hunt)).flatten();
        let found = search(machine, Goal::Latest(id), options.window(), SEED, COURSES);
        let at_least_days = found.filter(|_| has_term).and_then(|it| it.days);
        let undecided = Undecided { because, at_most_days, at_least_days };
        return (Outcome::Undecided(undecided), situations);
    }
    let because = left_out(&steps, bases);
    if !because.is_empty() {
        // There may be more than the steps know of.
        let undecided = Undecided { because, ..Undecided::default() };
        return (Outcome::Undecided(undecided), situations);
    }
    let vacuous = !looked.touched && is_begun(&guarantee.promise);
    let worst = most_days.and_then(|_| worst(&mut steps, bases, id, most_days, options));
    let proved = Proved { vacuous, most_days, worst: worst.map(Box::new) };
    (Outcome::Proved(proved), situations)
}

/// Looks at everything roughly first, which is soon done and proves most. Looking closely then
/// tells how long it takes, and proves what depends on how lengths go together.
pub(crate) fn looked(
    steps: &mut Steps<'_>,
    bases: &Bases<'_>,
    hunt: &Hunt<'_>,
    has_term: bool,
) -> Looked {
    let Ok(rough) = Bases::roughly(bases.machine(), bases.window()) else {
        return look(steps, bases, hunt);
    };
    let first = Looked { is_rough: true, ..together(steps, &rough, hunt) };
    if first.is_cut_off || (first.proved && !has_term) {
        return first;
    }
    let situations_max = match first.proved {
        true => hunt.situations_max / CLOSER_SHARE,
        false => hunt.situations_max,
    };
    let closely = look(steps, bases, &Hunt { situations_max, ..*hunt });
    match closely.is_cut_off {
        false => closely,
        true if first.proved => first,
        true => Looked { is_rough: true, ..ways(steps, &rough, hunt) },
    }
}

/// The most calendar days until a guarantee is kept: as closely as that can be told.
fn at_most(steps: &mut Steps<'_>, bases: &Bases<'_>, hunt: &Hunt<'_>) -> Option<u32> {
    let (machine, window) = (bases.machine(), bases.window());
    let rough = Bases::roughly(machine, window).ok()?.without_end();
    // Where nothing ends it, that is soon seen.
    let most = longest(steps, &rough, hunt)?;
    let closely = Bases::of(machine, window).ok()?.without_end();
    let situations_max = hunt.situations_max / CLOSER_SHARE;
    let closer = longest(steps, &closely, &Hunt { situations_max, ..*hunt });
    Some(closer.map_or(most, |it| it.min(most)))
}

/// What is proved already is looked at closely only as far as one in so many situations goes.
const CLOSER_SHARE: usize = 8;

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
    let n = u32::try_from(ways.len().max(1)).unwrap_or(u32::MAX);
    let each = (CALLS / n).max(CALLS_EACH);
    let window = options.window();
    let by_way = ways.iter().find_map(|it| confirm_within(machine, it, goal, window, each));
    by_way.or_else(|| {
        // Also where no way is known because there was too much to look at.
        let at_random = goal != Goal::Taken;
        at_random.then(|| search(machine, goal, window, SEED, COURSES)).flatten()
    })
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
