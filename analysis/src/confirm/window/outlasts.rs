//! The dates on which a case begins so that a clock outlasts what is promised.

use engine::machine::Machine;
use engine::model::{Deadline, DeadlineId, Promise};
use engine::runtime::{Counts, end_for};
use engine::time::{Instant, Start};

use crate::confirm::goal::Goal;

/// Of some instants at which a case may begin that from which a clock that begins with a promise is due latest
/// after the end of this promise, for every way to count the clock, once lengthened too: there a promise that
/// ends in time on most dates is broken. None where no clock outlasts it.
pub(super) fn starts(machine: &Machine, goal: Goal, mornings: &[Instant]) -> Vec<Instant> {
    let Goal::Broken(id) = goal else { return Vec::new() };
    let guarantee = machine.protocol.guarantees.get(id.index());
    let Some(Promise::Within { from, .. }) = guarantee.map(|it| &it.promise) else {
        return Vec::new();
    };
    let begins = |it: &&Deadline| it.starts.iter().any(|point| from.contains(point));
    let deadlines = machine.protocol.deadlines.iter();
    let deadlines = deadlines.enumerate().filter(|(_, it)| begins(it));
    let promised = ends(machine, &Counts::Guarantee(id), mornings);
    let mut found = Vec::new();
    for (at, deadline) in deadlines {
        let extensions = (0..deadline.extend.len()).filter_map(|it| u16::try_from(it).ok());
        let once: Vec<Vec<u16>> = extensions.map(|it| vec![it]).collect();
        let lengthened = || std::iter::once(&[][..]).chain(once.iter().map(Vec::as_slice));
        let alternatives = (0..deadline.alternatives.len()).filter_map(|it| u16::try_from(it).ok());
        let ways = alternatives.flat_map(|it| lengthened().map(move |extensions| (it, extensions)));
        for (alternative, extensions) in ways {
            let counts = Counts::Deadline { deadline: DeadlineId::at(at), alternative, extensions };
            found.extend(latest(mornings, &ends(machine, &counts, mornings), &promised));
        }
    }
    found
}

/// When what is counted ends, from each of some instants.
fn ends(machine: &Machine, counts: &Counts<'_>, from: &[Instant]) -> Vec<Option<Instant>> {
    let start = |at: &Instant| Start { at: *at, date_only: false, receipt: true };
    from.iter().map(|at| end_for(machine, *counts, start(at)).ok().flatten()).collect()
}

/// The instant from which the one ends latest after the other; the first of several that are alike.
fn latest(
    from: &[Instant],
    ends: &[Option<Instant>],
    promised: &[Option<Instant>],
) -> Option<Instant> {
    let later = from.iter().zip(ends.iter().zip(promised));
    let later = later.filter_map(|(at, (end, due))| Some((end.as_ref()?.ms_since((*due)?), *at)));
    let later = later.filter(|(by, _)| *by > 0);
    later.min_by_key(|(by, at)| (std::cmp::Reverse(*by), *at)).map(|(_, at)| at)
}
