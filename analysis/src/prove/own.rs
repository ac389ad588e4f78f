//! The guarantees that a case is watched for while it runs.

use engine::machine::Machine;
use engine::model::{GuaranteeId, Promise};

use crate::Taken;
use crate::bases::Bases;
use crate::confirm::{self, CALLS_MAX, Goal, confirm_any, search};
use crate::explore::{Hunt, Looked, longest, ways};
use crate::prove::Options;
use crate::prove::reasons::{inexact, left_out};
use crate::prove::stair::{CLOSER_SHARE, Seen, climb, grains};
use crate::steps::{Grain, Step, Steps};
use crate::verdict::{Because, Course, Outcome, Proved, Undecided};

/// How many ways are tried on real dates.
const WAYS_MAX: usize = 24;

/// How often the engine is asked for all of them together; for each at least one in so many of that.
const CALLS: u32 = 60_000;
const CALLS_EACH: u32 = 15;

/// The same where it is looked more closely if that finds nothing.
const CALLS_FIRST: u32 = 9_000;

/// How many courses are tried at random where no way could be dated.
const COURSES: u32 = 200;

/// How many situations are looked at for the course on which it takes longest.
const WORST_SITUATIONS: usize = 4_000;

/// Looks as roughly as may do first. Only what is not proved so, and of which no course is found that
/// breaks it, is looked at more closely.
pub(super) fn prove(machine: &Machine, id: GuaranteeId, options: &Options) -> (Outcome, usize) {
    let mut about = Asking { id, options, situations: 0, is_sought: false, earlier: Vec::new() };
    let promise = &machine.protocol.guarantees[id.index()].promise;
    let stair = (grains(promise), WAYS_MAX);
    let found = climb(machine, id, options, stair, &mut |seen| about.said(seen));
    let outcome = found.ok().flatten();
    let undecided = || Outcome::Undecided(Undecided::default());
    (outcome.unwrap_or_else(undecided), about.situations)
}

/// What is asked of a guarantee, and what was done for it so far.
struct Asking<'o> {
    id: GuaranteeId,
    options: &'o Options,
    situations: usize,
    is_sought: bool,
    /// The ways that were tried, but not for long.
    earlier: Vec<Vec<Taken>>,
}

impl Asking<'_> {
    /// What is said of what was seen; nothing where it is to be looked at more closely.
    fn said(&mut self, seen: Seen<'_, '_>) -> Option<Outcome> {
        let Seen { steps, bases, hunt, grain, looked, is_last } = seen;
        let (machine, id, options) = (steps.machine(), self.id, self.options);
        self.situations += looked.situations;
        if looked.proved {
            return Some(proved(steps, bases, &looked, id, options));
        }
        let goal = Goal::Broken(id);
        let calls = if is_last { CALLS } else { CALLS_FIRST };
        let mut course = by_way(machine, &looked.suspects, goal, (options, calls));
        if course.is_none() && is_last {
            course = by_way(machine, &self.earlier, goal, (options, calls));
        }
        if course.is_none() && !self.is_sought && (is_last || grain != Grain::Near) {
            self.is_sought = true;
            course = at_random(machine, goal, options);
        }
        if let Some(course) = course {
            return Some(Outcome::Refuted(Box::new(course)));
        }
        if !is_last {
            self.earlier.extend(looked.suspects);
            return None;
        }
        let promise = &machine.protocol.guarantees[id.index()].promise;
        let has_term = matches!(promise, Promise::Within { .. });
        let because = undecided(steps, bases, &looked);
        let is_known = has_term && left_out(steps, bases).is_empty();
        let at_most_days = is_known.then(|| at_most(steps, bases, hunt)).flatten();
        let found = has_term.then(|| at_random(machine, Goal::Latest(id), options)).flatten();
        let at_least_days = found.and_then(|it| it.days);
        Some(Outcome::Undecided(Undecided { because, at_most_days, at_least_days }))
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
    by_way(machine, ways, goal, (options, CALLS)).or_else(|| at_random(machine, goal, options))
}

/// A course on real dates by one of the ways, asking the engine so often for all of them.
fn by_way(
    machine: &Machine,
    ways: &[Vec<Taken>],
    goal: Goal,
    (options, calls): (&Options, u32),
) -> Option<Course> {
    let n = u32::try_from(ways.len().max(1)).unwrap_or(u32::MAX);
    let each = options.effort((calls / n).max(calls / CALLS_EACH));
    confirm_any(machine, ways.iter().map(Vec::as_slice), goal, options.window(), each)
}

/// A course that is found at random, also where no way is known because there was too much to
/// look at.
fn at_random(machine: &Machine, goal: Goal, options: &Options) -> Option<Course> {
    let may = goal != Goal::Taken;
    may.then(|| search(machine, goal, options.window(), SEED, options.effort(COURSES))).flatten()
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
        ..options.hunt(options.situations.min(WORST_SITUATIONS), WAYS_MAX)
    };
    let kept = ways(steps, bases, &hunt);
    let mut longest: Vec<(Option<u32>, &Vec<Taken>)> =
        kept.days.iter().copied().zip(&kept.suspects).collect();
    longest.sort_by_key(|it| std::cmp::Reverse(it.0));
    let ways = longest.iter().take(WORST_MAX).map(|(_, way)| way.as_slice());
    let effort = options.effort(CALLS_MAX);
    confirm::worst(machine, ways, id, options.window(), (effort, at_most))
}

/// How many ways are tried for it.
const WORST_MAX: usize = 3;
