//! No rung is passed over.

use engine::machine::Machine;
use engine::model::{Point, RungId};

use crate::bases::Bases;
use crate::prove::Options;
use crate::prove::built_in::places::way_to;
use crate::steps::{About, Grain, Key, Step, Steps};
use crate::verdict::{Because, Outcome, Proved, Undecided};

/// No rung is reached from below the one before, unless an entry names it.
pub(super) fn no_rung_skipped(
    machine: &Machine,
    bases: &Bases<'_>,
    options: &Options,
) -> (Outcome, usize) {
    let ladder = machine.protocol.ladder.len();
    let rungs = (0..ladder).map(|at| Point::Rung(RungId::at(at)));
    let about = About { points: rungs.collect(), ..About::default() }.at(Grain::Order);
    let mut steps = Steps::new(machine, &about);
    let mut skipping: Vec<(Key, Key)> = Vec::new();
    let named = named_rungs(machine);
    // Being placed by seriousness is no going up; who goes up from there leaves nobody out.
    let is_skip = |from: &Key, step: &Step| {
        let leaves_out = |(from, to): (RungId, RungId)| {
            to.index() > from.index() + 1 && !named.contains(&to.index())
        };
        from.case().opened_at.is_some() && step.raised.is_some_and(leaves_out)
    };
    let start = steps.start();
    let mut seen = std::collections::BTreeSet::from([start.clone()]);
    let mut queue = std::collections::VecDeque::from([start]);
    while let Some(key) = queue.pop_front() {
        for step in steps.successors(&key).iter() {
            if is_skip(&key, step) {
                skipping.push((key.clone(), step.next.clone()));
            }
            if seen.insert(step.next.clone()) {
                queue.push_back(step.next.clone());
            }
        }
        if options.is_enough(seen.len()) {
            let because = vec![Because::Budget(seen.len())];
            return (Outcome::Undecided(Undecided { because, ..Undecided::default() }), seen.len());
        }
    }
    let n = seen.len();
    if skipping.is_empty() && steps.faults().is_empty() {
        return (Outcome::Proved(Proved::default()), n);
    }
    let is_bad = |step: &Step| skipping.iter().any(|(_, next)| *next == step.next);
    match way_to(&mut steps, bases, options, &is_bad) {
        Some(refuted) if !skipping.is_empty() => (refuted, n),
        _ => {
            let because = vec![Because::NoDates];
            (Outcome::Undecided(Undecided { because, ..Undecided::default() }), n)
        }
    }
}

/// The rungs that an entry sends cases to by name.
fn named_rungs(machine: &Machine) -> Vec<usize> {
    let protocol = &machine.protocol;
    let stages = protocol.stages.iter();
    let branches = stages.clone().flat_map(|it| &it.on).flat_map(|it| &it.branches);
    let afters = stages.flat_map(|it| &it.after).map(|it| &it.branch);
    let of_branches = branches.chain(afters).filter_map(|it| it.escalate);
    let of_deadlines = protocol.deadlines.iter().filter_map(|it| it.outcome.escalate);
    let all = of_branches.chain(of_deadlines);
    let named = all.filter_map(|it| match it {
        engine::model::Escalate::To(rung) => Some(rung.index()),
        engine::model::Escalate::Up => None,
    });
    named.collect()
}
