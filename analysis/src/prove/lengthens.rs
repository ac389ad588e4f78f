//! Whether an extension is taken. One that gives a deadline a new total is refused where that is
//! not later than what the deadline has; the steps ask the engine for one date, and here it is
//! asked for all.

use engine::model::{Deadline, DeadlineId, Lengthen};
use engine::runtime::{Counts, end_for};
use engine::time::Start;

use crate::bases::{Bases, Counting};
use crate::steps::Steps;
use crate::verdict::Because;

/// The extensions of a deadline by a total that lengthen on some dates only, or of which that is
/// not known because others came before.
pub(super) fn lengthens(steps: &Steps<'_>, bases: &Bases<'_>, id: DeadlineId) -> Vec<Because> {
    let deadlines = &steps.machine().protocol.deadlines;
    let Some(deadline) = deadlines.get(id.index()) else { return Vec::new() };
    let totals = (0u16..).zip(&deadline.extend);
    let totals = totals.filter(|(_, it)| matches!(it.lengthen, Lengthen::Total(_)));
    // Once more of the only one there is gives the same total, which is never later.
    let alone = deadline.extend.len() == 1;
    let doubtful =
        totals.filter(|(place, _)| !alone || !is_known(steps, bases, (id, deadline), *place));
    doubtful.map(|(_, it)| Because::Lengthens(it.rule)).collect()
}

/// Whether the total is later than each term on all dates, and the steps take it, or on none.
fn is_known(
    steps: &Steps<'_>,
    bases: &Bases<'_>,
    (id, deadline): (DeadlineId, &Deadline),
    place: u16,
) -> bool {
    let asked = Start { at: steps.decided_at(), date_only: false, receipt: true };
    (0u16..).zip(&deadline.alternatives).all(|(alternative, _)| {
        let clock = |extensions: &[u16]| Counting::Clock {
            deadline: id,
            alternative,
            extensions: extensions.to_vec(),
        };
        let due = |extensions: &[u16]| {
            let counts = Counts::Deadline { deadline: id, alternative, extensions };
            end_for(steps.machine(), counts, asked).ok().flatten()
        };
        match bases.is_later(&clock(&[place]), &clock(&[])) {
            Some(true) => due(&[place]) > due(&[]),
            Some(false) => true,
            None => false,
        }
    })
}
