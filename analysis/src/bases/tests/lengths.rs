//! Lengths against what is known of calendars.

use engine::machine::Machine;
use engine::model::{Extension, FieldId, Lengthen};
use engine::runtime::{Counts, end_for};
use engine::time::{Start, Term, Unit};

use crate::bases::tests::support::{
    ENGLAND, HAVANA, Kind, NETHERLANDS, clock, deadline, machine, promise, years,
};
use crate::bases::{BaseId, Bases, Counting, When};
use crate::zone::UNBOUNDED;

fn days(bases: &Bases<'_>, name: &str) -> (i32, i32) {
    let all = bases.begin(&[clock(name)], When::Reported);
    let spans = all.iter().map(|it| it[0].span(BaseId::MIDNIGHTS));
    spans.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1))).unwrap()
}

/// Calendar days of working days in England, from any start.
#[test]
fn working_days_in_england() {
    let machine = machine(ENGLAND);
    let bases = Bases::of(&machine, years(2024, 2030)).unwrap();
    for (name, least, most) in [
        ("d1", 1, 5),
        ("d3", 3, 7),
        ("d5", 5, 12),
        ("d10", 12, 19),
        ("d20", 26, 33),
        ("d40", 54, 62),
    ] {
        assert_eq!(days(&bases, name), (least, most), "{name}");
    }
}

#[test]
fn what_begins_together_is_told_together() {
    let mut machine = machine(ENGLAND);
    let promise = promise(&mut machine, 5, Unit::WorkingDays);
    let bases = Bases::of(&machine, years(2025, 2027)).unwrap();
    let all = bases.begin(&[clock("d5"), clock("again"), promise], When::Reported);
    assert!(all.iter().all(|it| it[0] == it[1] && it[1] == it[2]), "{all:?}");
    // On a working day before the close the end of that day comes on top.
    assert_eq!(all.len(), 2, "{all:?}");
}

/// The clock of ten working days with these extensions, by place.
fn extended(extensions: &[u16]) -> Counting {
    let extensions = extensions.to_vec();
    Counting::Clock { deadline: deadline("d10"), alternative: 0, extensions }
}

/// A machine whose ten working days can be added to (0), put off to a date at most four more on
/// (1), put off to any date (2), or be thirty in all (3).
fn put_off(kind: Kind) -> Machine {
    let mut machine = machine(kind);
    let ten = &mut machine.protocol.deadlines[deadline("d10").index()];
    let term = |amount| Term { amount, unit: Unit::WorkingDays };
    let field = FieldId::at(0);
    let by = [
        Lengthen::Add(term(10)),
        Lengthen::Until { field, up_to: Some(term(4)) },
        Lengthen::Until { field, up_to: None },
        Lengthen::Total(term(30)),
    ];
    let made = ten.extend[0].clone();
    ten.extend = by.map(|lengthen| Extension { lengthen, ..made.clone() }).to_vec();
    machine
}

/// Over all starts, in working days. A day counts one more where its end is still to come at the
/// start, and a date may lie on a closed day.
#[test]
fn what_is_put_off_takes_any_time_up_to_the_last_day_that_is_allowed() {
    let machine = put_off(ENGLAND);
    let bases = Bases::of(&machine, years(2025, 2026)).unwrap();
    for (extensions, expected) in [
        (&[][..], (10, 11)),
        (&[0], (20, 21)),
        (&[1], (11, 15)),
        (&[0, 1], (21, 25)),
        (&[1, 3], (30, 31)),
        (&[3, 1], (31, 35)),
        (&[2], (11, UNBOUNDED)),
    ] {
        let all = bases.begin(&[extended(extensions)], When::Reported);
        let spans = all.iter().map(|it| it[0].span(it[0].own().unwrap()));
        let span = spans.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1))).unwrap();
        assert_eq!(span, expected, "{extensions:?}");
    }
}

/// Every date that the engine allows lies within what is told, wherever the clock begins.
#[test]
fn no_date_that_is_allowed_lies_outside() {
    for kind in [ENGLAND, NETHERLANDS, HAVANA] {
        let machine = put_off(kind);
        let bases = Bases::of(&machine, years(2025, 2025)).unwrap();
        let days = bases.base(BaseId::MIDNIGHTS);
        let all = bases.begin(&[extended(&[1, 1])], When::Reported);
        let spans: Vec<_> = all.iter().map(|it| it[0].span(BaseId::MIDNIGHTS)).collect();
        let id = deadline("d10");
        let mut n_dates = 0;
        for piece in bases.pieces.iter().filter(|it| it.first[0] < 365).step_by(7) {
            let start = Start { at: piece.from, date_only: false, receipt: true };
            let end = |counts| end_for(&machine, counts, start).unwrap().unwrap();
            let of = |extensions| Counts::Deadline { deadline: id, alternative: 0, extensions };
            let date = |to, extensions| Counts::PutOff { deadline: id, to, extensions };
            let dates = |after, up_to| {
                let first = machine.protocol.zone.civil(after).date();
                let each = first.iter_days().take(14);
                let each = each.map(|on| (on, end(date(on, &[]))));
                each.filter(move |(_, at)| *at > after && *at <= up_to).collect::<Vec<_>>()
            };
            for (first, at) in dates(end(of(&[])), end(of(&[1]))) {
                for (_, due) in dates(at, end(date(first, &[1]))) {
                    let took = days.reading(due) - days.reading(piece.from);
                    let is_told = spans.iter().any(|it| it.0 <= took && took <= it.1);
                    assert!(is_told, "{kind:?}: from {:?} until {due:?}", piece.from);
                    n_dates += 1;
                }
            }
        }
        assert!(n_dates > 1_000, "{n_dates}");
    }
}

#[test]
fn a_term_is_later_always_never_or_now_and_then() {
    let machine = machine(ENGLAND);
    let bases = Bases::of(&machine, years(2025, 2027)).unwrap();
    let is_later = |this: &str, than: &str| bases.is_later(&clock(this), &clock(than));
    assert_eq!(is_later("d20", "d10"), Some(true));
    assert_eq!(is_later("d10", "d20"), Some(false));
    assert_eq!(is_later("d10", "d10"), Some(false));
    // Ten working days are two weeks, but for holidays.
    assert_eq!(is_later("d10", "d14"), None);
    assert_eq!(is_later("h24", "d20"), Some(false));
}
