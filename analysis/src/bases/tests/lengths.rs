//! Lengths against what is known of calendars.

use engine::time::Unit;

use crate::bases::tests::support::{ENGLAND, clock, machine, promise, years};
use crate::bases::{BaseId, Bases, When};

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
