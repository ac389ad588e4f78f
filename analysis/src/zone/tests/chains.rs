//! Chains of terms against the calendar itself.

use engine::machine::Machine;
use engine::runtime::{Counts, end_for};
use engine::time::{Instant, Start, Unit};

use crate::bases::tests::support::{ENGLAND, clock, deadline, machine, promise, years};
use crate::bases::{BaseId, Bases, Counting, Length, When};
use crate::zone::{Hold, Running, Zone};

fn runs(length: Length, rank: u32) -> Running {
    Running { length, hold: Hold::Runs, rank }
}

/// The most calendar days that terms take one after the other, each from the breach of the one
/// before; and the promise that stands all the while.
fn longest(bases: &Bases<'_>, names: &[&str], promise: &Counting) -> i32 {
    let mut most = 0;
    let first = [promise.clone(), clock(names[0])];
    for lengths in bases.begin(&first, When::Reported).iter() {
        let mut open = Zone::start(bases);
        open.begin(0);
        let watched = runs(lengths[0], u32::MAX);
        let mut zones = vec![(open, lengths[1])];
        for (place, _) in names.iter().enumerate() {
            let mut next = Vec::new();
            for (zone, length) in zones {
                let mut zone = zone;
                zone.begin(1);
                let clocks = [watched, runs(length, 0)];
                assert!(zone.elapse(bases, &clocks));
                let Some(mut zone) = zone.at_end(bases, 1, &clocks) else { continue };
                most = most.max(zone.most(0, BaseId::MIDNIGHTS).unwrap());
                zone.end(1);
                let Some(name) = names.get(place + 1) else { continue };
                for then in bases.begin(&[clock(name)], length.then()).iter() {
                    next.push((zone.clone(), then[0]));
                }
            }
            zones = next;
        }
    }
    most
}

/// The same, start by start.
fn brute(machine: &Machine, bases: &Bases<'_>, names: &[&str]) -> i32 {
    let days = bases.base(BaseId::MIDNIGHTS);
    let starts = bases.pieces_at().filter(|it| days.reading(*it) < 365 * 7);
    let lengths = starts.map(|at| {
        let mut start = Start { at, date_only: false, receipt: true };
        for name in names {
            let counts =
                Counts::Deadline { deadline: deadline(name), alternative: 0, extensions: &[] };
            let due = end_for(machine, counts, start).unwrap().unwrap();
            start = Start { at: due, date_only: false, receipt: false };
        }
        days.reading(start.at) - days.reading(at)
    });
    lengths.max().unwrap()
}

#[test]
fn a_chain_takes_as_long_as_the_calendar_says() {
    let mut machine = machine(ENGLAND);
    let promise = promise(&mut machine, 30, Unit::Weeks);
    let bases = Bases::of(&machine, years(2024, 2030)).unwrap();
    for names in [&["d5", "d10", "d20"][..], &["d5", "d5"], &["d20", "d20", "d20"], &["d1", "d40"]]
    {
        let exact = brute(&machine, &bases, names);
        let found = longest(&bases, names, &promise);
        assert_eq!(found, exact, "{names:?}");
    }
    assert!(longest(&bases, &["d5", "d10", "d20"], &promise) <= 55);
}

/// Two clocks of one term that begin together are due together: only the one that acts first does.
#[test]
fn what_begins_together_is_due_together() {
    let machine = machine(ENGLAND);
    let bases = Bases::of(&machine, years(2025, 2027)).unwrap();
    for lengths in bases.begin(&[clock("d5"), clock("again"), clock("d10")], When::Reported).iter()
    {
        let clocks = [runs(lengths[0], 1), runs(lengths[1], 2), runs(lengths[2], 0)];
        let mut zone = Zone::start(&bases);
        (0..3).for_each(|at| zone.begin(at));
        assert!(zone.elapse(&bases, &clocks));
        assert!(zone.at_end(&bases, 1, &clocks).is_none(), "the other acts first");
        assert!(zone.at_end(&bases, 2, &clocks).is_none(), "ten days are more than five");
        let mut first = zone.at_end(&bases, 0, &clocks).unwrap();
        first.end(0);
        let second = first.at_end(&bases, 0, &clocks[1..]).unwrap();
        // No time has passed: the third has read as much as when the first was due.
        assert_eq!(second.most(1, BaseId::MIDNIGHTS), first.most(1, BaseId::MIDNIGHTS));
    }
}

/// Instants at which time is cut, for tests.
impl Bases<'_> {
    fn pieces_at(&self) -> impl Iterator<Item = Instant> + '_ {
        let marks = self.base(BaseId::MIDNIGHTS).marks().iter();
        marks.flat_map(|it| {
            [-14 * 3_600_000, -7 * 3_600_000 + 1, 0].map(|by| Instant::from_ms(it.ms() + by))
        })
    }
}

/// What grows by a little each time is soon all that it may be: no more is said of it than that
/// what runs is not over.
#[test]
fn what_grows_far_grows_once() {
    let machine = machine(ENGLAND);
    let bases = Bases::of(&machine, years(2024, 2030)).unwrap();
    let lengths = bases.begin(&[clock("d20"), clock("d40")], When::Reported);
    let clocks = [runs(lengths[0][0], 0), runs(lengths[0][1], 1)];
    let mut zone = Zone::start(&bases);
    zone.begin(0);
    zone.begin(1);
    let begun = zone.clone();
    let mut apart = zone.clone();
    // The second begins anew, at any time after the first.
    assert!(apart.elapse(&bases, &clocks));
    apart.end(1);
    apart.begin(1);
    assert!(!zone.has_all_of(&apart));
    assert!(zone.widen_far(&bases, &clocks, &apart));
    assert!(zone.has_all_of(&apart) && zone.has_all_of(&begun));
    assert!(!zone.widen_far(&bases, &clocks, &apart));
    // It may be any time ago by now, but for what the first still has to run.
    let most = zone.most(0, BaseId::MIDNIGHTS);
    assert!(most.is_some() && zone.most(1, BaseId::MIDNIGHTS) <= most);
}
