//! A case takes the amendments that it does not have yet, each at its instant.

use std::sync::Arc;

use engine::machine::Machine;
use engine::model::AmendmentId;
use engine::runtime::{Amending, Context, Kept, NoDecision, amend, fold};
use engine::text::Strings;
use engine::time::Instant;

use crate::cases::{Failure, Tenant};
use crate::keeper::protocols::Shelf;
use crate::keeper::set::{Part, WorkingSet};

/// Lets a set know every amendment there is.
pub(crate) fn renew(shelf: &Shelf, set: &mut WorkingSet) -> Result<(), Failure> {
    let tenant: Tenant = set.key.0;
    for part in &mut set.parts {
        if let Some(loaded) = shelf.get(tenant, part.loaded.hash)?
            && !Arc::ptr_eq(&loaded, &part.loaded)
        {
            part.loaded = loaded;
        }
    }
    Ok(())
}

/// Lets time act on a part up to an instant, and takes what was amended before then, each at its
/// instant. A case on which that cannot be done stays as it is.
pub(crate) fn bring(part: &mut Part, until: Instant) {
    let machine = &part.loaded.machine;
    for (place, at) in part.loaded.amended_at.iter().enumerate() {
        let amendment = AmendmentId::at(place);
        if *at > until || !part.register.lacks(amendment) {
            continue;
        }
        part.register.pass_singly(machine, *at, &mut part.strings);
        part.register.amend(machine, amendment, *at, &part.strings);
    }
    part.register.pass_singly(machine, until, &mut part.strings);
}

/// What was decided of a case or a stop, and what follows from the amendments that nobody has taken
/// into it yet: as it will be recorded.
pub(crate) fn as_amended(
    machine: &Machine,
    amended_at: &[Instant],
    decided: &mut Vec<Kept>,
    now: Instant,
    strings: &Strings,
) -> Result<(), NoDecision> {
    for (place, at) in amended_at.iter().enumerate().filter(|(_, at)| **at <= now) {
        let facts: Vec<_> = decided.iter().flat_map(|it| &it.facts).copied().collect();
        let case = fold(machine, &facts);
        let has_it = usize::from(case.amended) > place;
        if has_it || case.closed || case.opened_at.is_none() {
            continue;
        }
        let recorded = decided.iter().map(|it| it.recorded_at).max();
        let at = recorded.map_or(*at, |it| it.max(*at));
        let amending = Amending { amendment: AmendmentId::at(place), at };
        let facts = amend(machine, &case, amending, &Context::new(strings))?.facts;
        decided.push(Kept { recorded_at: at, event: None, facts });
    }
    Ok(())
}
