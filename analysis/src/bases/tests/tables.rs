//! What the bases say of each other, against every pair of instants.

use engine::time::Instant;
use proptest::prelude::*;

use crate::bases::tests::support::{ENGLAND, HAVANA, Kind, NETHERLANDS, WEEKENDS, machine, years};
use crate::bases::{BaseId, Bases, Place};

/// Every instant at which a base reads something new, and those next to it.
fn instants(bases: &Bases<'_>, from: usize, days: usize) -> Vec<Instant> {
    let mut all = std::collections::BTreeSet::new();
    for base in bases.each().map(|it| bases.base(it)).filter(|it| it.has_marks()) {
        let first = bases.base(BaseId::MIDNIGHTS).marks()[from];
        let last = bases.base(BaseId::MIDNIGHTS).marks()[from + days];
        for mark in base.marks().iter().filter(|it| **it >= first && **it <= last) {
            for by in [-3_600_000, -1, 0, 1] {
                all.insert(Instant::from_ms(mark.ms() + by));
            }
        }
    }
    all.into_iter().collect()
}

/// The places in which an instant lies.
fn places(bases: &Bases<'_>, at: Instant) -> Vec<Place> {
    let zone = &bases.machine().protocol.zone;
    let mut all = vec![Place::Any];
    for id in bases.each().filter(|it| bases.base(*it).has_marks()) {
        let base = bases.base(id);
        let next = usize::try_from(base.reading(at)).unwrap();
        let before = base
            .marks()
            .get(next)
            .is_some_and(|mark| zone.civil(*mark).date() == zone.civil(at).date());
        all.push(if before { Place::Before(id) } else { Place::After(id) });
        if base.is_mark(at) {
            all.push(Place::Mark(id));
        }
    }
    all
}

fn holds(kind: Kind, from: usize) {
    let machine = machine(kind);
    let bases = Bases::of(&machine, years(2025, 2026)).unwrap();
    let all: Vec<_> =
        instants(&bases, from, 4).into_iter().map(|at| (at, places(&bases, at))).collect();
    for (s, firsts) in &all {
        for (t, seconds) in &all {
            let (s, t) = (*s, *t);
            for given in bases.each() {
                for told in bases.each().filter(|it| *it != given) {
                    let between = |id| bases.base(id).reading(t) - bases.base(id).reading(s);
                    for &first in firsts {
                        for &second in seconds {
                            let most = bases.most((given, told), (first, second), between(given));
                            assert!(
                                between(told) <= most,
                                "{s} {first:?} to {t} {second:?}: {given:?} {} but {told:?} {} > {most}",
                                between(given),
                                between(told),
                            );
                        }
                    }
                }
            }
        }
    }
}

#[test]
fn no_two_instants_lie_further_apart_than_a_base_says() {
    for kind in [ENGLAND, NETHERLANDS, WEEKENDS, HAVANA] {
        // Around Christmas, and where the clocks change.
        holds(kind, 355);
        holds(kind, 64);
    }
}

/// Each bound is reached by two instants somewhere in the calendar.
#[test]
fn bounds_are_reached() {
    let machine = machine(ENGLAND);
    let bases = Bases::of(&machine, years(2025, 2025)).unwrap();
    let midnights = BaseId::MIDNIGHTS;
    let working = bases.unit(crate::bases::Unit::Days {
        working: true,
        close: true,
        calendar: engine::model::CalendarId(0),
    });
    let working = working.unwrap();
    let marks = bases.base(working).marks();
    let days = bases.base(midnights);
    for n in 1..=20 {
        let ends = marks.iter().skip(n + 1).zip(marks);
        let brute = ends.map(|(end, start)| {
            days.reading(*end) - days.reading(Instant::from_ms(start.ms() + 1))
        });
        let most =
            bases.most((working, midnights), (Place::Any, Place::Any), i32::try_from(n).unwrap());
        assert_eq!(Some(most), brute.max());
    }
}

/// The same over long stretches, at any instants.
#[test]
fn long_stretches_lie_within() {
    for kind in [ENGLAND, NETHERLANDS, WEEKENDS, HAVANA] {
        let machine = machine(kind);
        let bases = Bases::of(&machine, years(2025, 2026)).unwrap();
        let first = bases.base(BaseId::MIDNIGHTS).marks()[0].ms();
        let pair = (0..700_i64 * 86_400_000, 0..500_i64 * 86_400_000);
        let config =
            ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(300) };
        let mut runner = proptest::test_runner::TestRunner::new(config);
        let run = runner.run(&pair, |(from, by)| {
            let (s, t) = (Instant::from_ms(first + from), Instant::from_ms(first + from + by));
            for given in bases.each() {
                for told in bases.each().filter(|it| *it != given) {
                    let between = |id| bases.base(id).reading(t) - bases.base(id).reading(s);
                    let any = (Place::Any, Place::Any);
                    prop_assert!(between(told) <= bases.most((given, told), any, between(given)));
                    prop_assert!(-between(told) <= bases.most((given, told), any, -between(given)));
                }
            }
            Ok(())
        });
        run.unwrap();
    }
}
