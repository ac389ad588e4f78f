//! The instants at which an event of a path may happen.

use engine::runtime::{Case, Clock, next_due};
use engine::time::Instant;

use crate::confirm::acts::Named;
use crate::confirm::brought;
use crate::confirm::goal::First;
use crate::confirm::walk::{Engine, Walk};
use crate::confirm::window::{evening_of, morning_of, next_working_morning};
use crate::taken::Reported;

/// How finely instants are tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fine {
    /// At the ends of the stretch in which the event may happen: the worst lies there where no
    /// clock stands still.
    Ends,
    /// On every day between as well.
    Days,
}

const HOUR_MS: i64 = 3_600_000;

/// So many acts of which the path does not speak are let pass before an event.
const SILENT_MAX: usize = 6;

/// So many days are tried one by one.
const DAYS_MAX: u64 = 70;

/// So many of the instants are tried after which working days are fewest.
const SLOW_MAX: usize = 60;

/// Where nothing limits an event, it is tried so many days later.
const FAR_DAYS: [u64; 5] = [7, 30, 60, 120, 400];

/// An event of a path, and how its instants are looked for.
#[derive(Clone, Copy)]
pub(super) struct Sought<'p> {
    /// What is reported.
    pub(super) said: &'p Reported,
    /// Its place in the path.
    pub(super) place: usize,
    pub(super) fine: Fine,
    /// Which instants are tried first.
    pub(super) first: First,
    /// The instants after which working days are fewest, in order of time.
    pub(super) slow: &'p [Instant],
}

/// The instants to try for an event, in order.
pub(super) fn instants(
    engine: &mut Engine<'_>,
    walk: &Walk,
    named: &Named<'_>,
    sought: Sought<'_>,
) -> Vec<Instant> {
    let machine = engine.machine;
    let ready = walk.ready_at();
    let Limits { silent, last } = limits(engine, walk, named, sought.place);
    let soon = [
        next_working_morning(machine, ready),
        Some(ready),
        ready.plus_ms(HOUR_MS),
        evening_of(machine, ready, 0),
    ];
    let before_last = last.and_then(|it| morning_of(machine, it, 0));
    let far = FAR_DAYS.iter().filter_map(|it| morning_of(machine, ready, *it));
    let far = far.filter(|_| last.is_none());
    let mut found: Vec<Instant> = Vec::new();
    // A working hour of the last day says as much as its last instant, mostly, and reads better.
    if sought.first == First::Late {
        found.extend(before_last);
        found.extend(last);
        found.extend(silent.iter().rev());
        found.extend(soon.iter().flatten());
    } else {
        found.extend(soon.iter().flatten());
        found.extend(silent);
        found.extend(before_last);
        found.extend(last);
    }
    found.extend(far);
    let slow = sought.slow.iter().filter(|it| **it >= ready);
    found.extend(slow.take(SLOW_MAX));
    if sought.fine == Fine::Days {
        found.extend(aligned(engine, walk, sought.said, ready));
        let days = 0..DAYS_MAX;
        found.extend(
            days.flat_map(|it| [morning_of(machine, ready, it), evening_of(machine, ready, it)])
                .flatten(),
        );
    }
    let mut once = std::collections::BTreeSet::new();
    found.retain(|it| *it >= ready && last.is_none_or(|last| *it <= last) && once.insert(*it));
    found
}

/// How long an event may wait.
struct Limits {
    /// The instants at which something acts before of which the path does not speak.
    silent: Vec<Instant>,
    /// The last instant before something acts that the path places elsewhere; an event at it is in
    /// time.
    last: Option<Instant>,
}

fn limits(engine: &mut Engine<'_>, walk: &Walk, named: &Named<'_>, place: usize) -> Limits {
    let mut limits = Limits { silent: Vec::new(), last: None };
    let mut ahead = walk.clone();
    for _ in 0..SILENT_MAX {
        let Some(next) = next_due(&ahead.case) else { return limits };
        let due = next.minus_ms(1).unwrap_or(next);
        let Some(after) = engine.pass(&ahead, next) else {
            limits.last = Some(due);
            return limits;
        };
        if named.after(place, after.made()) != Some(place) {
            limits.last = Some(due);
            return limits;
        }
        limits.silent.push(due);
        ahead = after;
    }
    limits
}

/// The instants by which something that the event begins ends together with something that runs
/// already, and those just before and after: exact where what begins is counted in time, and close
/// by where it is counted in days.
fn aligned(engine: &mut Engine<'_>, walk: &Walk, said: &Reported, ready: Instant) -> Vec<Instant> {
    let event = brought::event(engine, walk, said, ready);
    let Some(next) = engine.report(walk, &event) else { return Vec::new() };
    let before = dues(&walk.case);
    let after = dues(&next.case);
    let begun = || after.iter().filter(|it| !before.contains(it));
    let running = after.iter().filter(|it| before.contains(it));
    let pairs = running.flat_map(|end| begun().map(move |own| end.ms_since(*own)));
    let around = pairs.flat_map(|later| [later.saturating_sub(1), later, later.saturating_add(1)]);
    around.filter_map(|later| ready.plus_ms(later)).collect()
}

/// When something ends by itself.
fn dues(case: &Case) -> Vec<Instant> {
    let clocks = case.clocks.iter().filter(|it: &&Clock| it.is_running());
    let clocks = clocks.filter_map(|it| it.times.due);
    let timers = case.timers.iter().map(|it| it.due);
    clocks.chain(timers).chain(case.promises.iter().filter_map(|it| it.due)).collect()
}
