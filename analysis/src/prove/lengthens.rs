//! Whether an extension is taken. One that gives a deadline a new total is refused where that is
//! not later than what the deadline has; the steps ask the engine for one date, and here it is
//! asked for all.

use engine::machine::Machine;
use engine::model::{Deadline, DeadlineId, Lengthen};
use engine::runtime::{Counts, end_for};
use engine::time::{Instant, Start};

use crate::bases::Window;
use crate::verdict::Because;

/// Hours of a day at which something may begin: its first instant, within office hours of whoever
/// has them, and late.
const HOURS: [i64; 3] = [0, 11, 23];

const HOUR_MS: i64 = 3_600_000;

/// The extensions of a deadline by a total that lengthen on some dates of the window only, or of
/// which that is not known because others came before.
pub(super) fn lengthens(machine: &Machine, id: DeadlineId, window: Window) -> Vec<Because> {
    let Some(deadline) = machine.protocol.deadlines.get(id.index()) else { return Vec::new() };
    let totals = (0u16..).zip(&deadline.extend);
    let totals = totals.filter(|(_, it)| matches!(it.lengthen, Lengthen::Total(_)));
    let doubtful = totals.filter(|(place, it)| {
        let alone = deadline.extend.len() == 1 && it.times == Some(1);
        !alone || !is_known(machine, id, deadline, *place, window)
    });
    doubtful.map(|(_, it)| Because::Lengthens(it.rule)).collect()
}

/// Whether the total is later than each term on all dates, or on none.
fn is_known(
    machine: &Machine,
    id: DeadlineId,
    deadline: &Deadline,
    place: u16,
    window: Window,
) -> bool {
    let terms = (0u16..).zip(&deadline.alternatives);
    terms.into_iter().all(|(alternative, _)| {
        let mut found: Option<bool> = None;
        starts(machine, window).all(|start| {
            let due = |extensions: &[u16]| {
                let counts = Counts::Deadline { deadline: id, alternative, extensions };
                end_for(machine, counts, start).ok().flatten()
            };
            let is_later = due(&[place]) > due(&[]);
            *found.get_or_insert(is_later) == is_later
        })
    })
}

fn starts(machine: &Machine, window: Window) -> impl Iterator<Item = Start> + '_ {
    let dates = window.from.iter_days().take_while(move |it| *it <= window.to);
    dates.flat_map(|date| {
        let day: Instant = machine.protocol.zone.day_start(date);
        let at = HOURS.into_iter().filter_map(move |hour| day.plus_ms(hour * HOUR_MS));
        at.map(|at| Start { at, date_only: false, receipt: true })
    })
}
