//! Every warning comes before what it warns of.
//!
//! How a clock is counted, and when its warnings fall, is asked of the engine for every instant at
//! which it may begin. A warning is out of time where it would fall at or after the due instant, or
//! where there is no beginning from which it would be given. A clock that begins so late that less
//! is left than a warning would say is not warned of, and need not be.

use engine::machine::Machine;
use engine::model::{Deadline, DeadlineId, Lengthen, Period};
use engine::runtime::{Warns, start_at, warns_for};
use engine::time::Instant;

use crate::bases::Bases;
use crate::confirm::{Goal, confirm_from};
use crate::explore::{Hunt, ways};
use crate::prove::Options;
use crate::prove::reasons::inexact;
use crate::steps::{About, Counted, Grain, Item, Step, Steps};
use crate::verdict::{Because, Outcome, Proved, Undecided};

/// How many beginnings are tried on real dates.
const BEGINS_MAX: usize = 24;

/// How many situations are looked at for a way to a beginning.
const SITUATIONS_MAX: usize = 4_000;

/// How many ways there are tried, and how often the engine is asked for each.
const WAYS_MAX: usize = 8;
const CALLS: u32 = 4_000;

/// A clock of which a warning would not be given in time.
struct OutOfTime {
    deadline: DeadlineId,
    alternative: u16,
    extensions: Vec<u16>,
    /// Its place in `warn`.
    warning: u16,
    /// Where the clock begins so.
    begins: Vec<Instant>,
}

/// Whether a protocol warns of anything that it counts.
pub(in crate::prove) fn warns(machine: &Machine) -> bool {
    machine.protocol.deadlines.iter().any(is_asked)
}

fn is_asked(deadline: &Deadline) -> bool {
    !deadline.warn.is_empty() && deadline.due.is_none()
}

pub(super) fn in_time(machine: &Machine, bases: &Bases<'_>, options: &Options) -> (Outcome, usize) {
    let deadlines = machine.protocol.deadlines.iter().enumerate();
    let asked = deadlines.filter(|(_, it)| is_asked(it)).map(|(at, it)| (DeadlineId::at(at), it));
    let mut because = Vec::new();
    let mut situations = 0;
    for (id, deadline) in asked {
        if deadline.every.as_ref().is_some_and(|it| it.per == Period::Grid) {
            because.push(Because::Grid(deadline.rule));
        }
        for (alternative, extensions) in counted(deadline) {
            let Some(found) = out_of_time(machine, bases, id, alternative, &extensions) else {
                because.push(Because::NoDates);
                continue;
            };
            for it in found {
                let (outcome, n) = shown(machine, bases, &it, options);
                situations += n;
                match outcome {
                    Outcome::Undecided(it) => because.extend(it.because),
                    Outcome::Refuted(_) => return (outcome, situations),
                    _ => {}
                }
            }
        }
    }
    because.sort_unstable();
    because.dedup();
    if because.is_empty() {
        return (Outcome::Proved(Proved::default()), situations);
    }
    (Outcome::Undecided(Undecided { because, ..Undecided::default() }), situations)
}

/// Each term of a deadline as it is, and with each extension by itself that adds or gives a total.
fn counted(deadline: &Deadline) -> impl Iterator<Item = (u16, Vec<u16>)> + '_ {
    let terms = (0u16..).zip(&deadline.alternatives).map(|(place, _)| place);
    let lengthens = (0u16..).zip(&deadline.extend).filter_map(|(place, it)| match it.lengthen {
        Lengthen::Add(_) | Lengthen::Total(_) => Some(vec![place]),
        Lengthen::Until { .. } => None,
    });
    let extensions: Vec<Vec<u16>> = std::iter::once(Vec::new()).chain(lengthens).collect();
    terms.flat_map(move |term| extensions.clone().into_iter().map(move |it| (term, it)))
}

/// The warnings that are out of time; nothing where that cannot be counted.
fn out_of_time(
    machine: &Machine,
    bases: &Bases<'_>,
    id: DeadlineId,
    alternative: u16,
    extensions: &[u16],
) -> Option<Vec<OutOfTime>> {
    let deadline = machine.protocol.deadlines.get(id.index())?;
    let mut late = vec![Vec::new(); deadline.warn.len()];
    let mut early = late.clone();
    let mut is_given = vec![false; deadline.warn.len()];
    for at in bases.begins() {
        let start = start_at(deadline, at, false);
        let warns = warns_for(machine, id, alternative, extensions, start).ok()?;
        for (place, warns) in warns.into_iter().enumerate() {
            let begins = match warns {
                Warns::Given => {
                    is_given[place] = true;
                    continue;
                }
                Warns::TooLate => &mut late[place],
                Warns::TooEarly => &mut early[place],
            };
            if begins.len() < BEGINS_MAX {
                begins.push(at);
            }
        }
    }
    let all = (0u16..).zip(late.into_iter().zip(early)).zip(is_given);
    let found = all.filter_map(|((warning, (late, early)), is_given)| {
        let begins = if is_given || !late.is_empty() { late } else { early };
        let extensions = extensions.to_vec();
        let found = OutOfTime { deadline: id, alternative, extensions, warning, begins };
        (!found.begins.is_empty()).then_some(found)
    });
    Some(found.collect())
}

/// Whether a case comes to where a clock is counted so and runs out without the warning: a course
/// of one, that it cannot, or why neither is known.
fn shown(
    machine: &Machine,
    bases: &Bases<'_>,
    it: &OutOfTime,
    options: &Options,
) -> (Outcome, usize) {
    let about = About { deadlines: vec![it.deadline], ..About::default() };
    let mut steps = Steps::new(machine, &about.at(Grain::Exact));
    let wanted = Counted::Term {
        deadline: it.deadline,
        alternative: it.alternative,
        extensions: it.extensions.clone(),
        many: false,
    };
    let is_bad = |step: &Step| {
        let mut open = step.next.open().iter();
        open.any(|open| open.item == Item::Clock(it.deadline) && open.counted == wanted)
    };
    let situations_max = options.situations.min(SITUATIONS_MAX);
    let hunt = Hunt { is_bad: &is_bad, ..options.hunt(situations_max, WAYS_MAX) };
    let found = ways(&mut steps, bases, &hunt);
    let goal = Goal::Unwarned(it.deadline, it.warning);
    let course = found
        .suspects
        .iter()
        .find_map(|way| confirm_from(machine, way, goal, it.begins.clone(), options.effort(CALLS)));
    if let Some(course) = course {
        return (Outcome::Refuted(Box::new(course)), found.situations);
    }
    let mut because = inexact(&steps, &found.opaque, bases);
    if found.is_cut_off {
        because.push(Because::Budget(found.situations));
    }
    if because.is_empty() && found.suspects.is_empty() {
        return (Outcome::Proved(Proved::default()), found.situations);
    }
    if because.is_empty() {
        because.push(Because::NoDates);
    }
    (Outcome::Undecided(Undecided { because, ..Undecided::default() }), found.situations)
}
