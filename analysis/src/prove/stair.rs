//! Looks at everything that can become of a case, more and more closely.

use engine::machine::Machine;
use engine::model::{GuaranteeId, Promise};

use crate::bases::{Bases, NoBases};
use crate::explore::{Hunt, Looked, look, together, ways};
use crate::prove::Options;
use crate::steps::{About, Grain, Step, Steps};

/// What is proved already, or can be looked at otherwise, is looked at closely only as far as one in
/// so many situations goes.
pub(super) const CLOSER_SHARE: usize = 16;

/// How closely is looked, one after the other.
pub(crate) const fn grains(promise: &Promise) -> &'static [Grain] {
    match promise {
        Promise::Within { .. } | Promise::TooSoon { .. } => {
            &[Grain::Near, Grain::Rough, Grain::Exact]
        }
        _ => &[Grain::Order, Grain::Near, Grain::Rough, Grain::Exact],
    }
}

/// What was seen of a guarantee from one step of the stair.
pub(crate) struct Seen<'s, 'm> {
    pub(crate) steps: &'s mut Steps<'m>,
    pub(crate) bases: &'s Bases<'m>,
    pub(crate) hunt: &'s Hunt<'s>,
    pub(crate) grain: Grain,
    pub(crate) looked: Looked,
    /// Whether nothing closer is looked at.
    pub(crate) is_last: bool,
}

/// Looks as roughly as may do first: what is proved of more than can be holds. Only where `enough`
/// says nothing of what was seen is looked more closely.
pub(crate) fn climb<T>(
    machine: &Machine,
    id: GuaranteeId,
    options: &Options,
    (grains, ways_max): (&[Grain], usize),
    enough: &mut dyn FnMut(Seen<'_, '_>) -> Option<T>,
) -> Result<Option<T>, NoBases> {
    let guarantee = &machine.protocol.guarantees[id.index()];
    let has_term = matches!(guarantee.promise, Promise::Within { .. });
    let is_bad = |step: &Step| step.promise.broken;
    let hunt = Hunt {
        is_bad: &is_bad,
        assume: &guarantee.assume,
        ..options.hunt(options.situations, ways_max)
    };
    for (at, grain) in grains.iter().copied().enumerate() {
        let mut steps = Steps::new(machine, &About::guarantee(machine, id).at(grain));
        // What would be looked at more closely the same way is not looked at twice.
        if grains.iter().skip(at + 1).any(|it| steps.matters().is_same_at(*it)) {
            continue;
        }
        let bases = Bases::counting(machine, options.cases(), &steps.countings())?;
        let looked = looked(&mut steps, &bases, &hunt, (has_term, grain));
        // What is too much to look at roughly is too much to look at closely.
        let is_last = at + 1 == grains.len() || looked.is_cut_off;
        let (steps, bases, hunt) = (&mut steps, &bases, &hunt);
        let found = enough(Seen { steps, bases, hunt, grain, looked, is_last });
        if found.is_some() || is_last {
            return Ok(found);
        }
    }
    Ok(None)
}

/// Where it is asked how long something takes, looks closely first, if that is soon done: then nothing
/// more is to be known. Else looks at everything roughly, which proves most, and then closely at what
/// depends on how lengths go together.
fn looked(
    steps: &mut Steps<'_>,
    bases: &Bases<'_>,
    hunt: &Hunt<'_>,
    (has_term, grain): (bool, Grain),
) -> Looked {
    let few = Hunt { situations_max: hunt.situations_max / CLOSER_SHARE, ..*hunt };
    let closely = (has_term && grain.has_terms()).then(|| look(steps, bases, &few));
    let closely = match closely {
        Some(closely) if !closely.is_cut_off => return closely,
        closely => closely,
    };
    let rough = bases.roughly();
    let first = Looked { is_rough: true, ..together(steps, &rough, hunt) };
    if first.is_cut_off || first.proved || !grain.has_terms() {
        return first;
    }
    if grain == Grain::Near {
        let closer = together(steps, bases, hunt);
        return match closer.proved {
            true => closer,
            false => {
                let closely = closely.unwrap_or_else(|| look(steps, bases, &few));
                Looked { is_cut_off: false, ..closely }
            }
        };
    }
    match look(steps, bases, hunt) {
        closely if !closely.is_cut_off => closely,
        _ => Looked { is_rough: true, ..ways(steps, &rough, hunt) },
    }
}
